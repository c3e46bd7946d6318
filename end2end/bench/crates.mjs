// Which crate the code of a module of WebAssembly is from, by the names of its functions.

function number(bytes, at) {
  let value = 0;
  let shift = 1;
  for (;;) {
    const byte = bytes[at++];
    value += (byte & 0x7f) * shift;
    if (byte < 0x80) {
      return [value, at];
    }
    shift *= 128;
  }
}

function text(bytes, at) {
  const [length, from] = number(bytes, at);
  return [new TextDecoder().decode(bytes.subarray(from, from + length)), from + length];
}

function* sections(bytes, at, end) {
  while (at < end) {
    const id = bytes[at];
    const [size, from] = number(bytes, at + 1);
    yield { id, from, to: from + size };
    at = from + size;
  }
}

function limits(bytes, at) {
  const bounded = bytes[at] & 1;
  [, at] = number(bytes, at + 1);
  return bounded === 1 ? number(bytes, at)[1] : at;
}

/** Functions that are imported come first in the numbering, and have no body. */
function imported(bytes, section) {
  let [left, at] = number(bytes, section.from);
  let functions = 0;
  for (; left > 0; left -= 1) {
    [, at] = text(bytes, at);
    [, at] = text(bytes, at);
    const kind = bytes[at++];
    if (kind === 0) {
      functions += 1;
      [, at] = number(bytes, at);
    } else if (kind === 1) {
      at = limits(bytes, at + 1);
    } else if (kind === 2) {
      at = limits(bytes, at);
    } else {
      at += 2;
    }
  }
  return functions;
}

function names(bytes, section) {
  const found = new Map();
  const [title, start] = text(bytes, section.from);
  if (title !== "name") {
    return found;
  }
  for (const part of sections(bytes, start, section.to)) {
    if (part.id === 1) {
      let [left, at] = number(bytes, part.from);
      for (; left > 0; left -= 1) {
        let index;
        let name;
        [index, at] = number(bytes, at);
        [name, at] = text(bytes, at);
        found.set(index, name);
      }
    }
  }
  return found;
}

function crateOf(name) {
  const mangled = /^_ZN(\d+)(.*)/.exec(name);
  const plain =
    mangled === null
      ? name
      : mangled[2]
          .slice(0, Number(mangled[1]))
          .replace(/^_/, "")
          .replaceAll("$LT$", "<")
          .replaceAll("$RF$", "&")
          .replaceAll("$u20$", " ")
          .replaceAll("..", "::")
          .concat("::");
  const found = /^[<&([*]*(?:const |mut |dyn )*([A-Za-z_][A-Za-z0-9_]*)(?:\[[0-9a-f]+\])?::/.exec(plain);
  return found === null ? "other" : found[1];
}

/** Bytes of code by crate, the largest first; uncompressed. */
export function byCrate(bytes) {
  let before = 0;
  let bodies = [];
  let known = new Map();
  for (const section of sections(bytes, 8, bytes.length)) {
    if (section.id === 2) {
      before = imported(bytes, section);
    } else if (section.id === 10) {
      let [left, at] = number(bytes, section.from);
      for (; left > 0; left -= 1) {
        const [size, from] = number(bytes, at);
        bodies.push(size);
        at = from + size;
      }
    } else if (section.id === 0) {
      known = new Map([...known, ...names(bytes, section)]);
    }
  }
  const crates = new Map();
  bodies.forEach((size, index) => {
    const crate = crateOf(known.get(before + index) ?? "");
    crates.set(crate, (crates.get(crate) ?? 0) + size);
  });
  return Object.fromEntries([...crates].sort(([, one], [, other]) => other - one));
}
