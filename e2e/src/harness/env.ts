/** The browser that e2e drives; nothing is downloaded. */
export function browserPath(): string {
  return process.env.CHROMIUM ?? '/usr/bin/chromium'
}
