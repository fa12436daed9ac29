// A window of VS Code, and what a user does in it.
import { join } from "node:path";
import { repeatUntil, SECONDS, until } from "./patience.mjs";

const QUICK_INPUT = ".quick-input-widget:visible";

/** What a regular expression needs to match `text` itself. */
const literally = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

export class Window {
  /** `page` is the browser's; `read` returns what a file of the folder holds on the disk. */
  constructor(page, { read, screenshots }) {
    this.page = page;
    this.read = read;
    this.screenshots = screenshots;
    page.setDefaultTimeout(SECONDS * 1000);
  }

  /** Opens what an address names, and waits until its files are listed: on a slow machine it may come up empty. */
  async goto(address) {
    const files = this.page.locator(".monaco-workbench .explorer-folders-view .monaco-list-row");
    const open = () => this.page.goto(address).catch(() => undefined);
    const listed = async () => (await files.count()) > 0;
    await repeatUntil(`${address} is open`, open, listed, { seconds: 4 * SECONDS, every: SECONDS, told: () => this.shown() });
  }

  // --- Commands and lists to pick from

  get quickInput() {
    return this.page.locator(`${QUICK_INPUT} input`).first();
  }

  get quickRows() {
    return this.page.locator(`${QUICK_INPUT} .monaco-list-row`);
  }

  /** The line that Enter takes. */
  get quickChoice() {
    return this.page.locator(`${QUICK_INPUT} .monaco-list-row.focused`);
  }

  /** Presses a key until a list to pick from, or a line to type into, is there. */
  async openQuickInput(key) {
    const there = () => this.quickInput.isVisible();
    await repeatUntil(`${key} opens a list`, () => this.page.keyboard.press(key), there, { told: () => this.shown() });
  }

  /** Types into the list that is open, goes down to the line with `text`, and takes it. */
  async pick(filter, text = filter) {
    await this.quickInput.fill(filter);
    await this.quickRows.filter({ hasText: text }).first().waitFor();
    const chosen = async () => (await this.quickChoice.filter({ hasText: text }).count()) > 0;
    if (!(await chosen())) {
      const down = () => this.page.keyboard.press("ArrowDown");
      await repeatUntil(`${text} is chosen`, down, chosen, { every: 0.5, told: () => this.shown() });
    }
    await this.page.keyboard.press("Enter");
  }

  /** Runs a command by its title in the palette. */
  async command(title) {
    await this.closeQuickInput();
    await this.openQuickInput("F1");
    await this.pick(`>${title}`, new RegExp(`^\\s*${literally(title)}`));
  }

  async closeQuickInput() {
    const closed = async () => !(await this.quickInput.isVisible());
    if (!(await closed())) {
      await repeatUntil("the list closes", () => this.page.keyboard.press("Escape"), closed);
    }
  }

  // --- Files and the text in them

  async openFile(name) {
    const base = name.split("/").at(-1);
    await this.closeQuickInput();
    await this.openQuickInput("Control+P");
    await this.pick(name, base);
    await this.page.locator(`.tab.active[data-resource-name="${base}"]`).waitFor();
    await this.page.locator(".editor-group-container.active .view-lines").first().waitFor();
    await this.focusEditor();
  }

  /** Waits until what is typed goes into the text of the active editor. */
  async focusEditor() {
    const focused = () =>
      this.page.evaluate(() => document.activeElement?.closest(".editor-group-container.active .monaco-editor") !== null);
    if (!(await focused())) {
      await repeatUntil("the editor has the keys", () => this.page.keyboard.press("Control+1"), focused);
    }
  }

  /** What the status bar says of the cursor and the selection. */
  async cursor() {
    const item = this.page.locator('[id="status.editor.selection"]');
    return (await item.isVisible()) ? (await item.innerText()).trim() : "";
  }

  /** Puts the cursor at a place in the active editor; both count from 1. */
  async goTo(line, column = 1) {
    await this.focusEditor();
    const go = async () => {
      await this.closeQuickInput();
      await this.openQuickInput("Control+G");
      await this.quickInput.fill(`:${line}:${column}`);
      await this.page.keyboard.press("Enter");
    };
    const there = async () => (await this.cursor()) === `Ln ${line}, Col ${column}`;
    await repeatUntil(`the cursor is at ${line}:${column}`, go, there, { told: () => this.cursor() });
    await this.focusEditor();
  }

  /** Puts the cursor `after` characters behind the start of the first `text` of the active document, as saved in `name`. */
  async goToText(name, text, after = 0) {
    const before = this.read(name).slice(0, this.read(name).indexOf(text) + after);
    const lines = before.split("\n");
    await this.goTo(lines.length, lines.at(-1).length + 1);
  }

  /** Selects the word `text` of the active document, where `start` is in what is saved in `name`, and types another. */
  async replaceWord(name, text, other, start = text) {
    await this.goToText(name, start);
    await this.page.keyboard.press("Control+Shift+ArrowRight");
    const selected = async () => (await this.cursor()).includes(`(${text.length} selected)`);
    await until(`${text} is selected`, selected, { told: () => this.cursor() });
    await this.type(other);
  }

  /** Takes the last change of the active editor's text back. */
  async undo() {
    await this.focusEditor();
    const before = await this.text();
    const undone = async () => (await this.text()) !== before;
    await repeatUntil("something is undone", () => this.page.keyboard.press("Control+Z"), undone, { every: 20 });
  }

  async goToEnd() {
    await this.focusEditor();
    await this.page.keyboard.press("Control+End");
  }

  async type(text) {
    await this.focusEditor();
    await this.page.keyboard.type(text, { delay: 15 });
  }

  /** Saves the active file, with all that is done on saving. */
  async save() {
    const dirty = this.page.locator(".editor-group-container.active .tab.active.dirty");
    const saved = async () => (await dirty.count()) === 0;
    await until("there is something to save", async () => !(await saved()));
    await repeatUntil("the file is saved", () => this.page.keyboard.press("Control+S"), saved, { every: 20 });
  }

  /** What the active editor shows. */
  async text() {
    const lines = await this.page.locator(".editor-group-container.active .view-lines").first().innerText();
    return lines.replaceAll("\u00a0", " ");
  }

  // --- What the extension shows

  /**
   * Rests the pointer on what `locator` finds.
   * Playwright scrolls what it hovers into view, which displaces the text of an editor: hence the mouse.
   */
  async rest(locator) {
    const box = await locator.boundingBox();
    if (box === null) {
      return; // not there at the moment
    }
    await this.page.mouse.move(0, 0);
    await this.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 4 });
  }

  /** Rests the pointer there until a hover with `text` is shown, and returns the hover. */
  async hover(locator, text) {
    const shown = this.page.locator(".monaco-hover:visible").filter({ hasText: text }).first();
    await repeatUntil(`a hover with ${text}`, () => this.rest(locator), () => shown.isVisible());
    return shown;
  }

  /** Waits for a number of squiggles in the active editor. */
  async squiggles(count, kind = "error") {
    const found = this.page.locator(`.editor-group-container.active .squiggly-${kind}`);
    const told = async () => `${await found.count()} squiggles\n${await this.shown()}`;
    await until(`${count} squiggles`, async () => (await found.count()) === count, { told });
  }

  get squiggle() {
    return this.page.locator(".editor-group-container.active .squiggly-error").first();
  }

  /** The lines of the Problems panel, which is opened where it is not. */
  async problems() {
    const panel = this.page.locator(".markers-panel");
    if (!(await panel.isVisible())) {
      await this.command("Problems: Focus on Problems View");
      await panel.waitFor();
    }
    return panel.locator(".monaco-list-row").allInnerTexts();
  }

  /** Waits until the lines of the Problems panel, as an array of texts, fulfil a condition. */
  async problemsMatch(what, condition) {
    let texts = [];
    const holds = async () => condition((texts = await this.problems()));
    await until(what, holds, { told: () => texts.join("\n") });
  }

  /** Picks among the fixes at the cursor; waits until the one with `text` is the one that Enter takes, and takes it. */
  async takeFix(text, { before = async () => {} } = {}) {
    const menu = this.page.locator(".action-widget");
    const fix = menu.locator(".monaco-list-row.focused").filter({ hasText: text });
    await repeatUntil("the menu of fixes", () => this.page.keyboard.press("Control+."), () => menu.isVisible(), { every: 15 });
    await fix.waitFor();
    await before();
    // The menu takes no key for a moment, lest one that was meant for the text hit it.
    const take = async () => ((await menu.isVisible()) ? this.page.keyboard.press("Enter") : undefined);
    await repeatUntil("the fix is taken", take, async () => !(await menu.isVisible()), { every: 2 });
  }

  get lens() {
    return this.page.locator(".editor-group-container.active .codelens-decoration").filter({ hasText: "/api" });
  }

  /** The lines of the Routes view, where that is open. */
  get routes() {
    return this.page.locator(".pane", { has: this.page.locator('h3:has-text("Routes")') }).locator(".monaco-list-row");
  }

  get status() {
    return this.page.locator('[id="vlint.vlint.vlint.status"], [id="vlint.vlint.status"]').first();
  }

  /** Waits until the status item says what matches. */
  async statusMatches(expression) {
    const said = async () => ((await this.status.isVisible()) ? (await this.status.innerText()).trim() : "no status item");
    await until(`the status item says ${expression}`, async () => expression.test(await said()), { told: said });
  }

  /** The message in the corner that holds a text. */
  message(text) {
    return this.page.locator(".notification-toast").filter({ hasText: text }).first();
  }

  /** Clicks a button of a message in the corner until the message goes. */
  async answer(message, button) {
    const click = () => message.getByRole("button", { name: button, exact: true }).click({ timeout: 5000 }).catch(() => {});
    await repeatUntil(`${button} is taken`, click, async () => !(await message.isVisible()));
  }

  /** The log that the Output panel shows. */
  get output() {
    return this.page.locator(".output-view-container, .pane-body.output-view").first();
  }

  /** What can be seen, for a failure's message. */
  async shown() {
    return this.page.locator(".monaco-workbench").innerText();
  }

  async screenshot(name) {
    await this.page.screenshot({ path: join(this.screenshots, `${name}.png`) });
  }
}
