// @ts-check
// House rule: data never names the property that is written (OWASP ASVS 15.3.6). `naam` may be `__proto__`, and the write then
// lands on what all objects share. Where names come from data there is a Map, `Object.fromEntries` or `{ ...oud, [naam]: x }`,
// which make properties and call no setter. Only the tests run this.
import ts from "typescript";

/** Where a write is right all the same: on its line, or the one above. */
const REDEN = /\/\/ vaste naam: \S/u;

/** @param {ts.Node} node @returns {ts.Node} */
function kaal(node) {
  while (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isNonNullExpression(node)) node = node.expression;
  return node;
}

/** @param {ts.Node} node a list of words that stands there */
const isLijst = (node) => ts.isArrayLiteralExpression(node) && node.elements.every(ts.isStringLiteral);

/** Constants of a file that are such a list. @param {ts.SourceFile} bron */
function lijstenVan(bron) {
  const consts = bron.statements.filter(ts.isVariableStatement).flatMap((s) => [...s.declarationList.declarations]);
  return new Set(consts.flatMap(({ name, initializer }) => (ts.isIdentifier(name) && initializer && isLijst(kaal(initializer)) ? [name.text] : [])));
}

/** @param {ts.ForOfStatement|ts.ForStatement} lus @param {string} naam @returns {ts.VariableDeclaration|undefined} */
function eigenNaam({ initializer }, naam) {
  if (!initializer || !ts.isVariableDeclarationList(initializer)) return undefined;
  return initializer.declarations.find((d) => ts.isIdentifier(d.name) && d.name.text === naam);
}

/** Whether this name is that of a counter, or goes over words that stand there. @param {ts.Identifier} naam @param {Set<string>} lijsten */
function isVast(naam, lijsten) {
  for (let n = naam.parent; n; n = n.parent) {
    if (ts.isFunctionLike(n) && n.parameters.some((p) => p.name.getText().includes(naam.text))) return false;
    if (ts.isForOfStatement(n) && eigenNaam(n, naam.text)) {
      const uit = kaal(n.expression);
      return isLijst(uit) || (ts.isIdentifier(uit) && lijsten.has(uit.text));
    }
    const teller = ts.isForStatement(n) ? eigenNaam(n, naam.text)?.initializer : undefined;
    if (teller) return ts.isNumericLiteral(teller);
  }
  return false;
}

/** Whether some step of `a[b].c[d]` is named by data. @param {ts.Node} node @param {Set<string>} lijsten @returns {boolean} */
function vanData(node, lijsten) {
  const n = kaal(node);
  if (ts.isPropertyAccessExpression(n)) return n.name.text === "__proto__" || vanData(n.expression, lijsten);
  if (!ts.isElementAccessExpression(n)) return false;
  const naam = kaal(n.argumentExpression);
  const goed = (ts.isStringLiteral(naam) && naam.text !== "__proto__") || ts.isNumericLiteral(naam) || (ts.isIdentifier(naam) && isVast(naam, lijsten));
  return !goed || vanData(n.expression, lijsten);
}

/** @param {ts.Node} n @returns {ts.Node[]} what this node writes to */
function doelen(n) {
  if (ts.isBinaryExpression(n) && n.operatorToken.kind >= ts.SyntaxKind.FirstAssignment && n.operatorToken.kind <= ts.SyntaxKind.LastAssignment) return [n.left];
  if (ts.isDeleteExpression(n)) return [n.expression];
  if ((ts.isPrefixUnaryExpression(n) || ts.isPostfixUnaryExpression(n)) && (n.operator === ts.SyntaxKind.PlusPlusToken || n.operator === ts.SyntaxKind.MinusMinusToken)) return [n.operand];
  return [];
}

/** Calls that write properties: only from what stands there, never from data. @param {ts.Node} n */
function schrijftDoor(n) {
  if (!ts.isCallExpression(n) || !ts.isPropertyAccessExpression(n.expression) || !ts.isIdentifier(n.expression.expression)) return false;
  const wat = `${n.expression.expression.text}.${n.expression.name.text}`;
  if (wat === "Object.assign") return n.arguments.slice(1).some((bron) => !ts.isObjectLiteralExpression(kaal(bron)));
  if (wat === "Object.defineProperty" || wat === "Reflect.set" || wat === "Reflect.defineProperty") return !ts.isStringLiteral(n.arguments[1]);
  return wat === "Object.setPrototypeOf" || wat === "Reflect.setPrototypeOf";
}

/** @param {string} tekst source of one file @returns {number[]} lines on which data names the property that is written */
export function schrijftOpNaamVanData(tekst) {
  const bron = ts.createSourceFile("bron.js", tekst, ts.ScriptTarget.ES2022, true, ts.ScriptKind.JS);
  const lijsten = lijstenVan(bron);
  const regels = tekst.split("\n");
  /** @type {Set<number>} */
  const uit = new Set();
  /** @param {ts.Node} node */
  const loop = (node) => {
    if (schrijftDoor(node) || doelen(node).some((doel) => vanData(doel, lijsten))) {
      const regel = bron.getLineAndCharacterOfPosition(node.getStart()).line;
      if (!REDEN.test(regels[regel]) && !REDEN.test(regels[regel - 1] ?? "")) uit.add(regel + 1);
    }
    ts.forEachChild(node, loop);
  };
  loop(bron);
  return [...uit];
}
