import { type Child, startChild } from './child.ts'

/** What the embedded fleet prints once it can be used. */
export type Fleet = { kubeconfig: string; personas: string }

/** Starts the embedded fleet in a directory of its own. Undefined when it ended instead; then it said why. */
export async function startSandbox(options: {
  script: string
  world: string
  directory: string
}): Promise<{ child: Child; fleet: Fleet | undefined }> {
  const { script, world, directory } = options
  let announce: (fleet: Fleet) => void = () => undefined
  const announced = new Promise<Fleet>((resolve) => {
    announce = resolve
  })
  const child = startChild('sandbox', [script, '--world', world, '--out', directory], (line) => {
    const fleet = readAnnouncement(line)
    if (fleet !== undefined) announce(fleet)
  })
  return { child, fleet: await Promise.race([announced, child.gone.then(() => undefined)]) }
}

export function readAnnouncement(line: string): Fleet | undefined {
  if (!line.startsWith('{')) return undefined
  try {
    const value: unknown = JSON.parse(line)
    if (typeof value !== 'object' || value === null) return undefined
    const { kubeconfig, personas } = { kubeconfig: undefined, personas: undefined, ...value }
    return typeof kubeconfig === 'string' && typeof personas === 'string' ? { kubeconfig, personas } : undefined
  } catch {
    // A log line that happens to begin like JSON.
    return undefined
  }
}
