import { type Child, startChild } from './child.ts'

/** What the embedded fleet prints once it can be used. */
export type Fleet = { kubeconfig: string; personas: string }

/** Starts the embedded fleet in a directory of its own. Undefined when it ended instead; then it said why. */
export async function startSandbox(options: {
  script: string
  world: string
  faults: readonly string[]
  directory: string
  /** Told what it said last, when it is gone. */
  onEnd: (said: string[]) => void
}): Promise<{ child: Child; fleet: Fleet | undefined }> {
  const { script, world, faults, directory, onEnd } = options
  let announce: (fleet: Fleet) => void = () => undefined
  const announced = new Promise<Fleet>((resolve) => {
    announce = resolve
  })
  const said: string[] = []
  const child = startChild(
    'sandbox',
    [script, '--world', world, '--out', directory, ...faults.flatMap((each) => ['--fault', each])],
    {
      out(line) {
        const fleet = readAnnouncement(line)
        if (fleet !== undefined) announce(fleet)
      },
      complaint: (line) => void said.push(line),
    },
  )
  // What it says while it starts matters only if it does not.
  void child.gone.then(() => onEnd(said.slice(-mostLines)))
  return { child, fleet: await Promise.race([announced, child.gone.then(() => undefined)]) }
}

const mostLines = 20

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
