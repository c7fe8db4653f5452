import assert from "node:assert/strict";
import { test } from "node:test";
import { htmlTaal, inTaal, richting, taalnaam } from "./taal.js";

test("the code of a form column becomes the tag that HTML knows", () => {
  assert.deepEqual(["bg", "PL", "pt_br", "sr-latn", "zh-hant-tw"].map(htmlTaal), ["bg", "pl", "pt-BR", "sr-Latn", "zh-Hant-TW"]);
  for (const geen of ["", null, undefined, "klingon", "b", "e n", "en--", "<b>"]) assert.equal(htmlTaal(geen), null);
});

test("the direction follows the language, or the script that the tag names", () => {
  assert.deepEqual(["ar", "fa-IR", "he", "ur", "pa-arab", "sr-Latn", "az-Arab"].map(richting), ["rtl", "rtl", "rtl", "rtl", "rtl", "ltr", "rtl"]);
  assert.deepEqual(["bg", "ro", "ar-Latn", "klingon", ""].map(richting), ["ltr", "ltr", "ltr", "ltr", "ltr"]);
});

test("a language is named in itself and in Dutch", () => {
  assert.deepEqual(["nl", "en", "pl", "ro", "bg", "es"].map((taal) => taalnaam(taal)), ["Nederlands", "English", "Polski", "Română", "Български", "Español"]);
  assert.deepEqual(["pl", "bg"].map((taal) => taalnaam(taal, "nl")), ["Pools", "Bulgaars"]);
  assert.equal(taalnaam("klingon"), "klingon");
});

test("only what differs from its surroundings is marked", () => {
  assert.deepEqual(inTaal("bg"), { lang: "bg", dir: "ltr" });
  assert.deepEqual(inTaal("ar"), { lang: "ar", dir: "rtl" });
  assert.deepEqual(inTaal("nl"), {});
  assert.deepEqual(inTaal("nl", "pl"), { lang: "nl", dir: "ltr" });
  assert.deepEqual(inTaal("klingon"), {});
});
