// Adds up JSON reports of tests, in vitest's form, in a folder and prints `N passed, N failed`; fails if there is none, or a failure.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder] = process.argv.slice(2);
const reports = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
const sum = (key) => reports.reduce((total, report) => total + report[key], 0);
console.log(`${sum('numPassedTests')} passed, ${sum('numFailedTests')} failed`);
process.exitCode = reports.length > 0 && sum('numFailedTests') === 0 ? 0 : 1;
