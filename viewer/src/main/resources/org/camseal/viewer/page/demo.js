// The demonstration's panel: what the recorder has in its hands, and a button that plays the attacker. It is shown only where the
// process behind the page offers these hooks.

import { node } from "./details.js";
import { clock, clockMs } from "./words.js";

/**
 * @param {HTMLElement} root
 * @param {{camera: () => string, target: () => number|null, onAltered: (utcMs: number) => void}} context
 */
export function showDemo(root, context) {
  const title = node("h2", "", "Try to cheat");
  title.id = "demo-title";
  const hex = node("pre", "hex");
  hex.setAttribute("aria-label", "The newest bytes in the recorder's hands");
  const facts = node("dl", "facts");
  const link = /** @type {HTMLAnchorElement} */ (node("a", "quiet-link", "Open the recorder's own page"));
  link.hidden = true;
  link.target = "_blank";
  const alter = /** @type {HTMLButtonElement} */ (node("button", "button danger"));
  alter.id = "alter";
  const told = node("p", "told");
  told.id = "altered";
  told.setAttribute("role", "status");
  root.replaceChildren(
    title,
    node("p", "", "You are the attacker now, with full access to the recorder's disk. Change one single bit of the recording:"),
    alter,
    told,
    node("h3", "", "What the recorder sees"),
    node("p", "small", "No picture. It holds no key; it can count and check, and that is all."),
    hex,
    facts,
    link,
  );
  root.hidden = false;

  const label = () => {
    const target = context.target();
    alter.disabled = target === null;
    alter.textContent = target === null ? "Alter one byte of the recording" : `Alter one byte of the recording at ${clockMs(target)}`;
  };
  alter.addEventListener("click", async () => {
    const target = context.target();
    if (target === null) return;
    alter.disabled = true;
    try {
      const answer = await fetch("api/demo/alter", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ camera: context.camera(), at: new Date(target).toISOString() }),
      });
      const body = await answer.json();
      if (!answer.ok) throw new Error(body.detail ?? body.error ?? String(answer.status));
      told.textContent = `At ${clock(body.at)}: ${body.explanation} Now look at the strip.`;
      context.onAltered(Date.parse(body.at));
    } catch (error) {
      told.textContent = `That did not work: ${error instanceof Error ? error.message : error}`;
    } finally {
      label();
    }
  });
  const refresh = async () => {
    label();
    if (document.hidden) return;
    try {
      const answer = await fetch(`api/demo/recorder?camera=${encodeURIComponent(context.camera())}`);
      if (!answer.ok) return;
      /** @type {{hex: string[], facts: {name: string, value: string}[], console: string|null}} */
      const view = await answer.json();
      hex.textContent = view.hex.join("\n");
      facts.replaceChildren(...view.facts.flatMap((fact) => [node("dt", "", fact.name), node("dd", "", fact.value)]));
      link.hidden = !view.console;
      if (view.console) link.href = view.console;
    } catch {
      // the page says elsewhere that the viewer does not answer
    }
  };
  setInterval(refresh, 1000);
  refresh();
}
