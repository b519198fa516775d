// Opens Swagger UI of each service in a browser, authorises, and sends one request.
// Usage: node swagger-ui.mjs <browser> <url of a service …>; an API key in A2G_ADMIN_API_KEY
import { strict as assert } from 'node:assert';
import { chromium } from 'playwright-core';

const [executablePath, ...services] = process.argv.slice(2);
// As root there is no sandbox; the pages are our own.
const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });

async function look(service) {
  const page = await browser.newPage();
  page.setDefaultTimeout(30_000);
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));

  await page.goto(`${service}/`);
  await page.getByRole('button', { name: 'Authorize' }).click();
  const dialog = page.locator('.dialog-ux');
  await dialog.locator('input').fill(process.env.A2G_ADMIN_API_KEY);
  await dialog.getByRole('button', { name: 'Apply credentials' }).click();
  await dialog.getByRole('button', { name: 'Close' }).first().click();

  // The first list: it needs no id.
  const operation = page.locator('.opblock-get')
    .filter({ has: page.locator('.opblock-summary-path:not([data-path*="{"])') }).first();
  const path = await operation.locator('.opblock-summary-path').getAttribute('data-path');
  await operation.locator('.opblock-summary-control').click();
  await operation.getByRole('button', { name: 'Try it out' }).click();
  await operation.getByRole('button', { name: 'Execute' }).click();
  const status = await operation.locator('.live-responses-table .response-col_status').last().innerText();
  assert.equal(status.split('\n')[0].trim(), '200', `${service}${path} answered ${status}`);
  const body = JSON.parse(await operation.locator('.live-responses-table .highlight-code code').first().innerText());
  assert.ok(Array.isArray(body.items), `${service}${path} answered no list`);
  assert.deepEqual(complaints, [], `the browser complains at ${service}`);
  await page.close();
  console.log(`  ${service}/swagger-ui: authorised, ${path} answered ${body.items.length} items`);
}

try {
  for (const service of services) {
    await look(service);
  }
} finally {
  await browser.close();
}
