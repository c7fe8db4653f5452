import assert from "node:assert/strict";
import { test } from "node:test";
import { Avondstroom } from "./avondstroom.js";

class Bron extends EventTarget {
  static laatste = null;
  readyState = 0;
  constructor(url) {
    super();
    this.url = url;
    Bron.laatste = this;
  }
  close() {
    this.readyState = 2;
  }
  zeg(soort, lastEventId = "", data = "{}") {
    this.dispatchEvent(Object.assign(new Event(soort), { lastEventId, data }));
  }
}

/** A stream with timers that run when the test says so. */
function opzet(antwoorden = []) {
  let klok = 0;
  const wekkers = [];
  const nieuws = [];
  const stroom = new Avondstroom({
    stroom: "/s", peilen: "/p", stand: "1", nieuws: (n) => nieuws.push(n), EventSource: Bron,
    fetch: async () => {
      const volgende = antwoorden.shift();
      if (!volgende) throw new TypeError("no network");
      return { ok: volgende.status === undefined, status: volgende.status ?? 200, json: async () => volgende };
    },
    wacht: (doe, ms) => wekkers[wekkers.push({ doe, op: klok + ms }) - 1],
    staak: (wekker) => wekkers.splice(wekkers.indexOf(wekker), wekkers.includes(wekker) ? 1 : 0),
  });
  const loop = async () => {
    const nu = wekkers.sort((a, b) => a.op - b.op).shift();
    klok = nu.op;
    nu.doe();
    await new Promise((klaar) => setImmediate(klaar));
  };
  stroom.begin();
  return { stroom, nieuws, wekkers, loop };
}

test("events are told once, and the stream is asked for from where the page stood", () => {
  const { nieuws } = opzet();
  assert.equal(Bron.laatste.url, "/s?stand=1");
  Bron.laatste.readyState = 1;
  Bron.laatste.zeg("open");
  Bron.laatste.zeg("stand", "2");
  Bron.laatste.zeg("stand", "2");
  assert.deepEqual(nieuws, [{ stand: null, verbinding: "live" }, { stand: "2", verbinding: "live" }]);
});

test("no place in the stream: asking instead, and later the stream again from what was seen", async () => {
  const { nieuws, loop } = opzet([{ stand: "3" }]);
  const eerste = Bron.laatste;
  eerste.close();
  eerste.zeg("error");
  await loop();
  assert.deepEqual(nieuws, [{ stand: null, verbinding: "peilen" }, { stand: "3", verbinding: "peilen" }]);
  await loop();
  assert.deepEqual(nieuws.at(-1), { stand: null, verbinding: "weg" });
  for (let keer = 0; keer < 20 && Bron.laatste === eerste; keer++) await loop();
  assert.equal(Bron.laatste.url, "/s?stand=3");
});

test("a browser that tries again every second does not keep the asking off", async () => {
  const { nieuws, wekkers, loop } = opzet();
  Bron.laatste.readyState = 1;
  Bron.laatste.zeg("open");
  Bron.laatste.readyState = 0;
  Bron.laatste.zeg("error");
  const [wekker] = wekkers;
  Bron.laatste.zeg("error");
  assert.equal(wekkers[0], wekker, "the same moment to ask");
  await loop();
  assert.equal(nieuws.at(-1).verbinding, "weg");
  Bron.laatste.readyState = 1;
  Bron.laatste.zeg("open");
  assert.equal(nieuws.at(-1).verbinding, "live");
});

test("logged out or out of the team ends it for good", async () => {
  const uit = opzet([{ status: 401 }]);
  await uit.loop();
  assert.deepEqual(uit.nieuws, [{ stand: null, verbinding: "afgemeld" }]);
  assert.equal(uit.wekkers.length, 0);
  const weg = opzet();
  Bron.laatste.zeg("weg");
  assert.deepEqual(weg.nieuws, [{ stand: null, verbinding: "gesloten" }]);
  assert.equal(weg.wekkers.length, 0);
  const voorbij = opzet();
  Bron.laatste.zeg("weg", "", '{"afgemeld":true}');
  assert.deepEqual(voorbij.nieuws, [{ stand: null, verbinding: "afgemeld" }]);
});

test("a stream that says nothing is not trusted: it is asked beside it", async () => {
  const { nieuws, loop } = opzet([{ stand: "4" }]);
  Bron.laatste.readyState = 1;
  Bron.laatste.zeg("open");
  await loop();
  assert.deepEqual(nieuws.at(-1), { stand: "4", verbinding: "live" });
});
