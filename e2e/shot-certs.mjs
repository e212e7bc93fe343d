import { chromium } from '@playwright/test'
const [url, who='ada', ...pages] = process.argv.slice(2)
const b = await chromium.launch({executablePath:'/usr/bin/chromium',args:['--no-sandbox','--disable-gpu']})
for (const p of pages) {
  const [path, locale, scheme, w, click] = p.split('|')
  const c = await b.newContext({locale, colorScheme: scheme, viewport:{width:+w,height:900}})
  const page = await c.newPage()
  await page.goto(`${url}/sign-in?next=${encodeURIComponent(path)}`)
  await page.getByRole('button',{name:/Ada|艾达|^Ada/}).first().click()
  await page.waitForTimeout(3500)
  if (click) for (const one of click.split('>')) { await page.getByRole('button',{name:new RegExp(one)}).or(page.getByRole('menuitem',{name:new RegExp(one)})).first().click(); await page.waitForTimeout(1500) }
  const f = `/tmp/certs/shots/${path.replaceAll('/','_')}-${locale}-${scheme}-${w}${click?'-'+click.length:''}.png`
  await page.screenshot({path:f, fullPage:true}); console.log(f)
  await c.close()
}
await b.close()
