/* The sentences of the page for its scripts, and small helpers around elements. */
export const words = () => document.getElementById("ay-words")?.dataset ?? {};

/** Elements under `root` that match, `root` itself included. */
export function found(root, selector) {
  const inside = [...root.querySelectorAll(selector)];
  return root.matches?.(selector) ? [root, ...inside] : inside;
}

/** A copy of the shape in `<template id>`. */
export function shape(id) {
  return document.getElementById(id).content.firstElementChild.cloneNode(true);
}
