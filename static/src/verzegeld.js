// @ts-check
// Comes before anything else of a page: no data can reach what all objects share (OWASP ASVS 15.3.6). Sealed and not
// frozen: a library may still give an object a `toString` of its own, which a frozen prototype would forbid.

Reflect.deleteProperty(Object.prototype, "__proto__");
Object.seal(Object.prototype);
