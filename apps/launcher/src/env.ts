/** What the environment says before any flag does. */
export type Environment = { port: string | undefined; host: string | undefined }

export function readEnvironment(): Environment {
  const { PORT: port, HOST: host } = process.env
  return { port, host }
}

/** A child's environment: ours, and what it needs besides. */
export function environmentWith(extra: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return { ...process.env, ...extra }
}

/** Where somebody keeps a browser for the end-to-end tests. */
export function chosenBrowser(): string | undefined {
  const { CHROMIUM: browser } = process.env
  return browser === '' ? undefined : browser
}
