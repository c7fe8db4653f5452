// @ts-check
// One sender at a time in a browser without Web Locks (Firefox before 96, Safari before 15.4): a lease in localStorage that is
// renewed while the work goes on and runs out when a tab dies. Two tabs may still win in the same instant; that costs a
// second sending, never a double operation, because the server knows each op_id.

const VOORVOEGSEL = "inspecties.slot.";
const DUUR_MS = 15_000;

export class Leenslot {
  /** @param {Pick<Storage, "getItem"|"setItem"|"removeItem">} opslag @param {() => number} [nu] */
  constructor(opslag, nu = Date.now) {
    this.opslag = opslag;
    this.nu = nu;
    this.wie = crypto.randomUUID();
  }

  /** @param {string} naam @returns {boolean} whether this tab holds it now */
  #neem(naam) {
    const [wie, tot] = (this.opslag.getItem(VOORVOEGSEL + naam) ?? "|0").split("|");
    const over = Number(tot) - this.nu();
    // A lease that lasts longer than a lease can (the clock was set back) is no lease.
    if (wie !== this.wie && over > 0 && over <= DUUR_MS) return false;
    this.opslag.setItem(VOORVOEGSEL + naam, `${this.wie}|${this.nu() + DUUR_MS}`);
    return this.opslag.getItem(VOORVOEGSEL + naam)?.startsWith(`${this.wie}|`) ?? false;
  }

  /**
   * As LockManager.request with `ifAvailable`.
   * @template T
   * @param {string} naam @param {{ifAvailable: true}} _keuzes @param {(slot: {name: string}|null) => Promise<T>|T} doe
   * @returns {Promise<T>}
   */
  async request(naam, _keuzes, doe) {
    if (!this.#neem(naam)) return doe(null);
    const wekker = setInterval(() => this.#neem(naam), DUUR_MS / 3);
    try {
      return await doe({ name: naam });
    } finally {
      clearInterval(wekker);
      if (this.opslag.getItem(VOORVOEGSEL + naam)?.startsWith(`${this.wie}|`)) this.opslag.removeItem(VOORVOEGSEL + naam);
    }
  }
}
