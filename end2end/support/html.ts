import { type APIRequestContext, expect } from "@playwright/test";
import { HtmlValidate } from "html-validate";

const validator = new HtmlValidate({
  extends: ["html-validate:standard"],
  rules: {
    // Leptos writes its own attributes and void elements in ways that browsers read alike.
    "void-style": "off",
    "doctype-style": "off",
    "attribute-boolean-style": "off",
    "attribute-empty-style": "off",
    "no-trailing-whitespace": "off",
  },
});

/**
 * The page as the server sends it, before a browser mends it: invalid nesting is moved by the
 * parser, and then the browser's half does not find the elements that it must take over.
 */
export async function expectValidHtml(request: APIRequestContext, path: string): Promise<void> {
  const response = await request.get(path);
  const html = await response.text();
  // Leptos appends the scripts that hand its resources over; a body cut short has neither.
  const [, page] = /^([^]*<\/html>)(?:<script[^>]*>[^<]*<\/script>)*\s*$/.exec(html) ?? [];
  expect(page, `${path} ends in </html>`).toBeDefined();
  // `<!>` marks where the browser's half takes over; a browser reads it as an empty comment.
  // Leptos writes its nonce where the word `anonymous` belongs; a browser reads any word there as that one.
  const read = (page ?? "").replaceAll("<!>", "").replaceAll(/ crossorigin="[\w-]{22}"/g, ' crossorigin="anonymous"');
  const report = await validator.validateString(read, path);
  const findings = report.results.flatMap(({ messages }) =>
    messages.filter(({ severity }) => severity === 2).map(({ ruleId, message, line }) => `${line}: ${ruleId}: ${message}`),
  );
  expect(findings, `HTML of ${path}`).toEqual([]);
}
