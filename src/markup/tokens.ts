/** Colours and typefaces that every page of the platform shares. Light first, dark on screens that ask for it, print always light. */
export const TOKENS = `:root {
  color-scheme: light dark;
  --paper: #ffffff; --ink: #1c1f22; --soft: #565c62; --rule: #d8dbde; --tint: #f6f6f4; --link: #0b5a8f;
  --prose: Charter, "Bitstream Charter", "Iowan Old Style", Cambria, Georgia, "Liberation Serif", serif;
  --plain: -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Liberation Sans", sans-serif;
  --mono: ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace;
}
@media screen and (prefers-color-scheme: dark) {
  :root { --paper: #15181b; --ink: #e4e3df; --soft: #a3a9ae; --rule: #363b40; --tint: #1c2024; --link: #7fbbe6; }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
`;
