// The classifier, `rules-runtime`, as a WebAssembly module.

const STAGES = ['connect', 'ehlo', 'starttls', 'auth', 'mail', 'rcpt', 'data', 'end-of-data'];

export async function start(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
  const { instance } = await WebAssembly.instantiate(await response.arrayBuffer(), {});
  const { memory, input, output, capacity, classify } = instance.exports;

  /** The verdict on a reply, given by `host` in answer to the command `stage`: the keys of `rules classify --format json`, and the places of the fields. */
  return (reply, host = '', stage = '') => {
    const mx = new TextEncoder().encode(host).slice(0, 255);
    const bytes = new TextEncoder().encode(reply).slice(0, capacity() - mx.length);
    const shared = new Uint8Array(memory.buffer, input(), capacity());
    shared.set(bytes);
    shared.set(mx, bytes.length);
    const length = classify(bytes.length, mx.length, STAGES.indexOf(stage));
    if (length === 0) throw new Error('the verdict does not fit');
    const verdict = JSON.parse(new TextDecoder().decode(new Uint8Array(memory.buffer, output(), length)));
    const decoder = new TextDecoder();
    for (const field of verdict.fields) {
      field.value = decoder.decode(bytes.slice(field.start, field.end)).split(/[\s\p{Cc}]+/u).filter(Boolean).join(' ');
      // From bytes to places in the text.
      field.from = decoder.decode(bytes.slice(0, field.start)).length;
      field.to = field.from + decoder.decode(bytes.slice(field.start, field.end)).length;
    }
    return verdict;
  };
}
