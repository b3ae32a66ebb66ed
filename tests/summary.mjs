// Adds up the reports of all suites: names what failed or was skipped, then prints the closing line of ./test.
//   node tests/summary.mjs FOLDER --outcome EXIT-CODE|not-run [--failure TEXT]… [--skip TEXT]…
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

const { values: options, positionals: [folder] } = parseArgs({
  allowPositionals: true,
  options: {
    outcome: { type: 'string' },
    failure: { type: 'string', multiple: true, default: [] },
    skip: { type: 'string', multiple: true, default: [] },
  },
});

const unreadable = [];
const reports = readdirSync(folder).filter(name => name.endsWith('.ctrf')).flatMap(read);
const tests = reports.flatMap(report => report.tests);
const passed = tests.filter(test => test.status === 'passed');
const skipped = tests.filter(test => test.status === 'skipped' || test.status === 'pending');
const failed = tests.filter(test => !passed.includes(test) && !skipped.includes(test));

const failures = [
  ...failed.map(test => `${plain(test.name)}\n${indent(test.message)}${placeOf(test)}`),
  ...reports.flatMap(report => report.extra.suites).flatMap(suite => suite.errors.map(error => `${suiteOf(suite)}: ${JSON.stringify(error)}`)),
  ...(options.outcome === 'not-run' ? [] : silentSuites()).map(suite => `${suite}: no report: it crashed or found no test (${dirname(folder)}/suites.log)`),
  ...unreadable,
  ...options.failure,
];
if (options.outcome !== '0' && failures.length === 0) {
  failures.push(`dotnet test ended with ${options.outcome} though no report names a failure`);
}
const skips = [...skipped.map(test => `${plain(test.name)}: ${test.extra?.reason ?? test.message}`), ...options.skip];

for (const line of tests.flatMap(countsOf)) console.log(line);
for (const warning of tests.flatMap(test => test.extra?.warnings ?? [])) console.log(`warning: ${warning}`);
for (const skip of skips) console.log(`skipped: ${skip}`);
for (const failure of failures) console.log(`failed: ${failure}`);
console.log(`${passed.length} passed, ${failures.length} failed, ${skips.length} skipped`);
process.exitCode = failures.length === 0 ? 0 : 1;

// A process that dies while it writes its report leaves half of one.
function read(name) {
  try {
    return [JSON.parse(readFileSync(join(folder, name), 'utf8')).results];
  } catch (error) {
    unreadable.push(`${name}: ${error.message}`);
    return [];
  }
}

// A crashed process leaves no report and counts nothing as failed, so suites are checked by name.
function silentSuites() {
  const reported = new Set(reports.flatMap(report => report.extra.suites).map(suiteOf));
  return readdirSync('tests').filter(name => existsSync(`tests/${name}/${name}.csproj`) && name.endsWith('.Tests') && !reported.has(name));
}

function suiteOf(suite) {
  return basename(suite.filePath, '.dll');
}

function placeOf(test) {
  const place = /^\s*at .* in .*:line \d+/m.exec(test.trace ?? '');
  return place ? `\n${indent(place[0].trim())}` : '';
}

function indent(text = '') {
  return plain(text).trimEnd().replace(/^/gm, '  ');
}

// Counted suites say how much they tried and with which seed (Gatehouse.Testbed.Counts).
function countsOf(test) {
  return (test.extra?.output ?? '').split('\n').filter(line => line.startsWith('counted: '));
}

// The reports escape quotes once more than JSON does.
function plain(text) {
  return text.replaceAll('\\"', '"');
}
