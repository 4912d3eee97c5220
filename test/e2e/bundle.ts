import { readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { build } from "vite";
import { readStudy } from "../../src/study/index.js";
import { packageRoot } from "../../src/workbench/package-info.js";
import { evidenceFor, packagedEvidence } from "../../src/workbench/report-evidence.js";

/** The study of the tests in other engines. */
export const STUDY_FILE = join(packageRoot, "studies/erlangen-2024.yaml");
/** 14 × 15 = 210 patients in three arms, with chance. */
export const REPLICATES = 14;

/** Bundles `entries` into `folder`, with what they need of this package inside. `iife`: one script without imports, for a bare shell. */
export async function bundle(
  folder: string,
  entries: Readonly<Record<string, string>>,
  format: "es" | "iife",
): Promise<void> {
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
        input: Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, join(packageRoot, file)])),
        external: [/^node:/, "@duckdb/node-api"],
        output: { entryFileNames: "[name].js", format },
      },
    },
  });
}

/** What a trial in another engine needs, as JSON: study, published figures, inputs of the report. */
export async function trialInput(): Promise<string> {
  const parsed = readStudy(readFileSync(STUDY_FILE, "utf8"), STUDY_FILE);
  if ("problems" in parsed) throw new Error("the study does not read");
  const study = { ...parsed.study, run: { ...parsed.study.run, replicates: REPLICATES } };
  const { figures, horizon, sources } = evidenceFor(study, await packagedEvidence());
  return JSON.stringify({
    study,
    figures,
    inputs: { horizon, sources, run: { ...study.run, tolerance: study.tolerance } },
  });
}

/** The bundled page on loopback. `onPost` gets what a page posts. */
export async function servePage(
  folder: string,
  onPost: (body: string) => void = () => {},
): Promise<{ readonly server: Server; readonly url: string }> {
  await bundle(folder, { page: "test/e2e/browser-page.ts", worker: "src/run/web-worker.ts" }, "es");
  writeFileSync(join(folder, "input.json"), await trialInput());
  writeFileSync(
    join(folder, "index.html"),
    '<!doctype html><title>bits</title><script type="module" src="/page.js"></script>',
  );
  const server = createServer((request, response) => {
    if (request.method === "POST") {
      let body = "";
      request.on("data", (part) => {
        body += part;
      });
      request.on("end", () => {
        response.end();
        onPost(body);
      });
      return;
    }
    const name = request.url!.split("?")[0] === "/" ? "/index.html" : request.url!;
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
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}
