import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Sha256 } from "../store/index.js";

/** The folder of the installed package. */
export const packageRoot = fileURLToPath(new URL("../..", import.meta.url));

export const version: string = (
  JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { version: string }
).version;

/** Version with the hash of the built code as build metadata (semver): two builds of one version never share shards, and a record says which one it was. */
export function buildVersion(): string {
  const root = join(packageRoot, "dist");
  const hash = new Sha256();
  const names = (readdirSync(root, { recursive: true }) as string[]).filter((name) => name.endsWith(".js")).sort();
  for (const name of names) hash.update(readFileSync(join(root, name)));
  return `${version}+${hash.hex().slice(0, 12)}`;
}
