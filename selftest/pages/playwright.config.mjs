// Each test in a wide, light window; those of what is seen also in a narrow one, and dark. Nothing is decided by time: what is waited for comes, or
// the machine is given up after minutes.
import {defineConfig} from '@playwright/test';

const windows = [
  ['wide, light', {width: 1280, height: 900}, 'light'],
  ['wide, dark', {width: 1280, height: 900}, 'dark'],
  ['phone, light', {width: 360, height: 740}, 'light'],
  ['phone, dark', {width: 360, height: 740}, 'dark'],
];

export default defineConfig({
  testDir: '.',
  testMatch: '*.test.mjs',
  outputDir: 'results',
  workers: 1,
  timeout: 10 * 60 * 1000,
  expect: {timeout: 2 * 60 * 1000},
  reporter: 'list',
  use: {launchOptions: {executablePath: process.env.CHROMIUM}},
  projects: windows.map(([name, viewport, colorScheme], i) => ({
    name,
    use: {viewport, colorScheme},
    ...(i > 0 && {grep: /accessible|keyboard|text is text/}),
  })),
});
