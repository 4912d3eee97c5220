import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { packageRoot } from "../../src/workbench/package-info.js";
import { ended, killGroup } from "../run/command.js";
import { bundle, REPLICATES, STUDY_FILE, servePage, trialInput } from "./bundle.js";

/** Only in the long tests: needs Debian's firefox-esr and libjavascriptcoregtk-4.0-bin, and other versions of Node from npm. */
describe(`the resultHash of ${REPLICATES * 15} patients × 3 arms, with chance`, () => {
  const folder = mkdtempSync(join(tmpdir(), "immune-reset-engines-"));
  const main = join(packageRoot, "dist/cli/main.js");
  let runs = 0;
  let wanted: string;
  const ofNode = (node: readonly string[]): string => {
    const [command, ...first] = node as [string, ...string[]];
    const options = ["--replicates", String(REPLICATES), "--out", join(folder, `run-${runs++}`), "--json"];
    const text = execFileSync(command, [...first, main, "trial", STUDY_FILE, ...options], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    return (JSON.parse(text) as { resultHash: string }).resultHash;
  };

  beforeAll(() => {
    wanted = ofNode([process.execPath]);
    console.log(`${process.version}: ${wanted}`);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each([20, 22, 24])("Node %i", (version) => {
    const node = ["npx", "-y", "-p", `node@${version}`, "node"];
    const said = execFileSync(node[0]!, [...node.slice(1), "--version"], { encoding: "utf8" }).trim();
    expect(said).toMatch(new RegExp(`^v${version}\\.`));
    expect(ofNode(node)).toBe(wanted);
    console.log(`Node ${said}: the same`);
  });

  test("Firefox, with web workers", async () => {
    const firefox = "/usr/bin/firefox-esr";
    if (!existsSync(firefox)) throw new Error("apt-get install firefox-esr");
    let answer: (body: string) => void;
    const answered = new Promise<string>((resolve) => {
      answer = resolve;
    });
    const { server, url } = await servePage(folder, (body) => answer(body));
    const profile = mkdtempSync(join(folder, "profile-"));
    // A group of its own: it has processes of its own, which go with it.
    const browser = spawn(firefox, ["--headless", "--no-remote", "--profile", profile, `${url}?workers=2`], {
      detached: true,
      stdio: "ignore",
      env: { ...process.env, HOME: folder },
    });
    try {
      expect(await Promise.race([answered, ended(browser).then((code) => `Firefox ended with ${code}`)])).toBe(wanted);
      console.log(`${execFileSync(firefox, ["--version"], { encoding: "utf8" }).trim()}: the same`);
    } finally {
      killGroup(browser);
      await ended(browser);
      server.close();
    }
  });

  test("JavaScriptCore's shell, which has neither TextEncoder nor crypto", async () => {
    const jsc = "/usr/bin/jsc";
    if (!existsSync(jsc)) throw new Error("apt-get install libjavascriptcoregtk-4.0-bin");
    await bundle(folder, { shell: "test/e2e/shell-trial.ts" }, "iife");
    const input = join(folder, "shell-input.js");
    // For the Parquet library, which wants them when it is loaded; the hash is taken from the cells, not from its bytes.
    const shims = `var TextDecoder = function () {};
var TextEncoder = class { encode(s) { return Uint8Array.from(unescape(encodeURIComponent(s)), (c) => c.charCodeAt(0)); } };`;
    writeFileSync(input, `${shims}\nvar INPUT = ${await trialInput()};\n`);
    const said = execFileSync(jsc, [input, join(folder, "shell.js")], { encoding: "utf8" }).trim();
    expect(said).toBe(wanted);
    console.log("jsc: the same");
  });
});
