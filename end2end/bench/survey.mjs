// A form of ours as one of SurveyJS: the same questions, options and conditions.

function condition({ subject, operator }) {
  if (operator === "filled") {
    return `{${subject}} notempty`;
  }
  if (operator === "empty") {
    return `{${subject}} empty`;
  }
  if (operator.is !== undefined) {
    return `{${subject}} = '${operator.is}'`;
  }
  throw new Error(`no word for ${JSON.stringify(operator)}`);
}

function expression(rule) {
  for (const [word, joint] of [
    ["all", " and "],
    ["any", " or "],
  ]) {
    if (rule[word] !== undefined) {
      return rule[word].map((inner) => `(${expression(inner)})`).join(joint);
    }
  }
  return condition(rule);
}

function question({ kind, limits }) {
  const name = typeof kind === "string" ? kind : Object.keys(kind)[0];
  const options = typeof kind === "string" ? undefined : kind[name].options;
  switch (name) {
    case "long_text":
      return { type: "comment", maxLength: limits?.max_length };
    case "number":
    case "money":
    case "percent":
      return { type: "text", inputType: "number" };
    case "date":
      return { type: "text", inputType: "date" };
    case "yes_no":
      return { type: "radiogroup", choices: ["yes", "no"] };
    case "select":
      return { type: "dropdown", choices: options.map(({ value, label }) => ({ value, text: label })) };
    case "checkbox":
      return { type: "boolean" };
    default:
      return { type: "text" };
  }
}

export function survey({ fields }) {
  const elements = fields.map((field) => ({
    ...question(field),
    name: field.key,
    title: field.label,
    description: field.help,
    isRequired: field.required === "always",
    ...(field.required?.when === undefined ? {} : { requiredIf: expression(field.required.when) }),
    ...(field.visible_when === undefined ? {} : { visibleIf: expression(field.visible_when) }),
  }));
  // As our form does, it looks at every key.
  return { textUpdateMode: "onTyping", elements };
}
