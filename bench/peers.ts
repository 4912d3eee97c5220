import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { printC } from "./print-c.js";
import type { Workload } from "./workload.js";
import { packWorkload } from "./workload.js";

/** What a code gives back: outputs by case, time and quantity, and what it took. */
export interface Solved {
  readonly outputs: Float64Array;
  readonly seconds: number;
  readonly steps: number;
  readonly failed: number;
}

export interface Peer {
  readonly name: string;
  /** Compiler and flags, or version. */
  readonly flags: string;
  readonly solve: (rtol: number) => Solved;
}

const DEBIAN = ["cmake", "gcc", "libc6-dev", "dpkg-dev", "libsuitesparse-dev", "libsundials-dev"];
const R = ["r-base-core", "r-cran-desolve"];

const sh = (command: string, options: { cwd?: string } = {}): string =>
  execFileSync("bash", ["-euo", "pipefail", "-c", command], {
    ...options,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });

/** Installs what is missing, where that is possible (root on Debian). */
function install(packages: readonly string[], note: (text: string) => void): void {
  const missing = packages.filter((name) => {
    try {
      return !sh(`dpkg-query -W -f='\${Status}' ${name}`).includes("install ok installed");
    } catch {
      return true;
    }
  });
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0)
    throw new Error(`the peers need ${missing.join(" ")}: install them, or run as root on Debian`);
  note(`installing ${missing.join(" ")}`);
  sh(
    `apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends ${missing.join(" ")}`,
  );
}

/** The source package of SUNDIALS from Debian, with lists of its own: the machine's sources are not changed. */
function sundialsSource(folder: string): string {
  const found = () => readdirSync(folder).find((name) => /^sundials-[\d.]+$/.test(name));
  mkdirSync(join(folder, "lists/partial"), { recursive: true });
  if (!found()) {
    writeFileSync(
      join(folder, "sources.list"),
      "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian bookworm main\n",
    );
    const apt = `apt-get -o Dir::Etc::SourceList=${folder}/sources.list -o Dir::Etc::SourceParts=/dev/null -o Dir::State::Lists=${folder}/lists`;
    sh(`${apt} update -qq && ${apt} source --download-only sundials && tar xf sundials_*.orig.tar.*`, { cwd: folder });
  }
  return join(folder, found()!);
}

function buildSundials(source: string, into: string, flags: string): void {
  if (existsSync(join(into, "lib/libsundials_cvode.a"))) return;
  const off = ["ARKODE", "CVODES", "IDA", "IDAS", "KINSOL"].map((name) => `-DBUILD_${name}=OFF`).join(" ");
  sh(
    `cmake -S ${source} -B ${into}/build -DCMAKE_BUILD_TYPE=Release -DCMAKE_C_FLAGS_RELEASE="${flags}" -DBUILD_SHARED_LIBS=OFF ${off} ` +
      `-DEXAMPLES_ENABLE_C=OFF -DEXAMPLES_INSTALL=OFF -DENABLE_KLU=ON -DKLU_INCLUDE_DIR=/usr/include/suitesparse ` +
      `-DKLU_LIBRARY_DIR=$(dirname $(gcc -print-file-name=libklu.so)) -DCMAKE_INSTALL_PREFIX=${into} -DCMAKE_INSTALL_LIBDIR=lib && ` +
      `cmake --build ${into}/build -j2 && cmake --install ${into}/build`,
  );
}

/** Builds the peers of one workload. Libraries are kept in `folder` between runs; what belongs to the workload stands in a folder of its own in there. */
export function buildPeers(
  workload: Workload,
  folder: string,
  options: { readonly withR: boolean; readonly onlyR?: boolean; readonly note: (text: string) => void },
): Peer[] {
  const { note } = options;
  const own = join(folder, workload.arm);
  mkdirSync(own, { recursive: true });
  install(DEBIAN, note);
  if (options.withR) install(R, note);
  const cases = join(own, "cases.bin");
  writeFileSync(cases, new Uint8Array(packWorkload(workload).buffer));
  writeFileSync(join(own, "model.h"), printC(workload.plain));
  cpSync(new URL("../../peers/", import.meta.url), own, { recursive: true });
  const size = workload.requests.length * workload.outputDays.length * workload.kernels.outputs.length;
  const solver =
    (name: string, command: (rtol: number, out: string) => string) =>
    (rtol: number): Solved => {
      const out = join(own, `${name}.out`);
      const said = JSON.parse(sh(command(rtol, out))) as Omit<Solved, "outputs">;
      const bytes = readFileSync(out);
      const outputs = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
      if (outputs.length !== size) throw new Error(`${name} wrote ${outputs.length} numbers, not ${size}`);
      return { ...said, outputs };
    };
  const peers: Peer[] = [];
  const source = options.onlyR ? "" : sundialsSource(folder);
  const gcc = sh("gcc -dumpfullversion").trim();
  const libraries =
    "-lsundials_cvode -lsundials_nvecserial -lsundials_sunmatrixsparse -lsundials_sunmatrixdense -lsundials_sunlinsoldense -lsundials_sunlinsolklu";
  const suite = "-lklu -lamd -lcolamd -lbtf -lsuitesparseconfig -lm";
  const cvode = (name: string, flags: string, place: string | null, matrices: readonly string[]) => {
    note(`building ${name} for ${workload.arm}`);
    if (place) buildSundials(source, place, flags);
    const where = place ? `-I${place}/include -L${place}/lib` : "";
    const program = join(own, name);
    sh(`gcc ${flags} -I/usr/include/suitesparse -I${own} ${where} ${own}/cvode.c -o ${program} ${libraries} ${suite}`);
    for (const matrix of matrices)
      peers.push({
        name: `${name} ${matrix}`,
        flags: `CVODE ${/[\d.]+$/.exec(source)![0]}, gcc ${gcc} ${flags}`,
        solve: solver(name, (rtol, out) => `${program} ${matrix} ${rtol} ${cases} ${out}`),
      });
  };
  if (!options.onlyR) {
    cvode("cvode-native", "-O3 -march=native", join(folder, "native"), ["dense", "klu"]);
    cvode("cvode-generic", "-O3", join(folder, "generic"), ["dense", "klu"]);
    cvode("cvode-debian", "-O2", null, ["dense", "klu"]);
  }
  if (options.withR) {
    note("building deSolve's model");
    sh("R CMD SHLIB -o desolve.so desolve.c", { cwd: own });
    peers.push({
      name: "deSolve lsoda",
      flags: `deSolve ${sh(`Rscript -e 'cat(as.character(packageVersion("deSolve")))'`)}, R's own compiler flags`,
      solve: solver("desolve", (rtol, out) => `Rscript ${own}/desolve.R ${own}/desolve.so ${rtol} ${cases} ${out}`),
    });
  }
  return peers;
}
