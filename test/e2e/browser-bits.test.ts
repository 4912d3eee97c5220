import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { evidenceFor, packagedEvidence } from "../../src/cli/evidence.js";
import { packageRoot } from "../../src/cli/package-info.js";
import { readStudy } from "../../src/trial/index.js";
import { browserHere, launchBrowser } from "../browser.js";

const folder = mkdtempSync(join(tmpdir(), "immune-reset-browser-"));
const file = join(packageRoot, "studies/erlangen-2024.yaml");
const REPLICATES = 2;
let server: ReturnType<typeof createServer>;

beforeAll(async () => {
  await build({
    configFile: false,
    root: packageRoot,
    logLevel: "error",
    build: {
      outDir: folder,
      emptyOutDir: false,
      target: "es2022",
      minify: false,
      rollupOptions: {
        input: {
          page: join(packageRoot, "test/e2e/browser-page.ts"),
          worker: join(packageRoot, "src/run/web-worker.ts"),
        },
        external: [/^node:/, "@duckdb/node-api"],
        output: { entryFileNames: "[name].js", format: "es" },
      },
    },
  });
  const parsed = readStudy(readFileSync(file, "utf8"), file);
  if ("problems" in parsed) throw new Error("the study does not read");
  const study = { ...parsed.study, run: { ...parsed.study.run, replicates: REPLICATES } };
  const { figures, horizon, sources } = evidenceFor(study, await packagedEvidence());
  writeFileSync(join(folder, "input.json"), JSON.stringify({ study, figures, inputs: { horizon, sources, run: {} } }));
  writeFileSync(
    join(folder, "index.html"),
    '<!doctype html><title>bits</title><script type="module" src="/page.js"></script>',
  );
  server = createServer((request, response) => {
    const name = request.url === "/" ? "/index.html" : request.url!;
    try {
      const type = name.endsWith(".js") ? "text/javascript" : name.endsWith(".json") ? "application/json" : "text/html";
      // No eval and no foreign script: WebAssembly is all that may be compiled.
      response.setHeader("Content-Security-Policy", "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'");
      response.setHeader("Content-Type", type).end(readFileSync(join(folder, name)));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => {
  server?.close();
  rmSync(folder, { recursive: true, force: true });
});

test.skipIf(!browserHere())("Chromium with 1 and 3 web workers gives the resultHash of Node", async () => {
  const out = join(folder, "node");
  const text = execFileSync(
    process.execPath,
    [join(packageRoot, "dist/cli/main.js"), "trial", file, "--replicates", String(REPLICATES), "--out", out, "--json"],
    {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    },
  );
  const { resultHash } = JSON.parse(text) as { resultHash: string };
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(error.message));
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.waitForFunction("typeof run === 'function'", undefined, { timeout: 20_000 }).catch(() => {
      throw new Error(`the page did not start: ${errors.join("; ")}`);
    });
    for (const workers of [1, 3]) expect(await page.evaluate(`run(${workers})`)).toBe(resultHash);
  } finally {
    await browser.close();
  }
});
