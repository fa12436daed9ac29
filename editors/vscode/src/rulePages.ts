// What `vlint rule --output-format json` prints, and the forms that a diagnostic's code has in VS Code.

export interface Rule {
  readonly code: string;
  readonly name: string;
  readonly summary: string;
}

export function parseRules(output: string): Rule[] {
  return JSON.parse(output) as Rule[];
}

/** The code of a diagnostic, which comes alone or with a link to its page. */
export function codeAt(code: string | number | { readonly value: string | number } | undefined): string | undefined {
  const value = typeof code === "object" ? code.value : code;
  return value === undefined ? undefined : String(value);
}
