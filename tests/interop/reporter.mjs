// One line of JSON for each test: {"name","passed","detail"}. What a test prints goes along as {"output"}.
export default async function* report(events) {
  for await (const { type, data } of events) {
    if (type === 'test:pass' || type === 'test:fail') {
      const error = data.details?.error;
      const detail = error ? String(error.cause?.stack ?? error.cause ?? error.message ?? error) : '';
      yield JSON.stringify({ name: data.name, passed: type === 'test:pass', detail }) + '\n';
    } else if (type === 'test:stdout' || type === 'test:stderr') {
      yield JSON.stringify({ output: data.message }) + '\n';
    }
  }
}
