import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Logger } from 'pino'
import type { Connection } from '@orbweaver/kube/connection'
import type { OfferedContext } from './doors.ts'
import { type Kubeconfig, parseKubeconfig } from '@orbweaver/kube/kubeconfig'
import type { KubeconfigRefusal } from '@orbweaver/kube/kubeconfig/refusal'

/** The kubeconfig the console was started with: one context is the hub, the others can be offered for registration. */
export type StartKubeconfig = {
  context: string
  hub: Connection
  /** All of them, the hub's own too. */
  contexts: OfferedContext[]
  /** The same, with the files that it names as they are now; undefined when it names none. Throws as reading does. */
  again: (() => StartKubeconfig) | undefined
}

/** Throws an Error whose message is fit for one line on stderr. */
export function readStartKubeconfig(file: string, wanted: string | undefined): StartKubeconfig {
  const text = readFileSync(file, 'utf8')
  const read = (): StartKubeconfig => {
    const named = new Set<string>()
    // Its owner is who starts us, so the files it names are ours to read, relative to it.
    const files = (path: string) => {
      named.add(path)
      return readFileSync(resolve(dirname(file), path), 'utf8')
    }
    const parsed = parseKubeconfig(text, { files })
    if (!parsed.ok) throw new Error(`${file}: ${inWords(parsed.refusal)}`)
    return { ...chosen(parsed, { file, wanted }), again: named.size > 0 ? read : undefined }
  }
  return read()
}

/** As often as client-go looks at a token file (transport/token_source.go, NewCachedFileTokenSource). */
const lookEveryMs = 60_000

export type Following = { take: (renewed: StartKubeconfig) => void; log: Logger; everyMs?: number }

/**
 * Looks at the files a kubeconfig names again and again, and hands it over when one of them says something else: a
 * kubelet renews a ServiceAccount's token about once an hour. One that cannot be read leaves things as they are.
 * Returns what ends it.
 */
export function followStartKubeconfig(
  start: StartKubeconfig,
  { take, log, everyMs = lookEveryMs }: Following,
): () => void {
  const { again } = start
  if (again === undefined) return () => undefined
  let last = JSON.stringify(start)
  const look = () => {
    try {
      const renewed = again()
      const text = JSON.stringify(renewed)
      if (text === last) return
      last = text
      log.info('the files of the kubeconfig say something else: credentials are renewed')
      take(renewed)
    } catch (error) {
      log.warn({ message: String(error) }, 'the files of the kubeconfig cannot be read; credentials stay as they are')
    }
  }
  const timer = setInterval(look, everyMs)
  timer.unref()
  return () => clearInterval(timer)
}

function chosen(
  parsed: Kubeconfig & { ok: true },
  { file, wanted }: { file: string; wanted: string | undefined },
): Omit<StartKubeconfig, 'again'> {
  const names = parsed.contexts.map((each) => each.name)
  // The hub is where the console writes: of several contexts none is taken by chance.
  const name = wanted ?? parsed.current ?? (names.length === 1 ? names[0] : undefined)
  const choice = `choose with --context: ${names.join(', ')}`
  if (name === undefined) throw new Error(`${file}: no current-context; ${choice}`)
  const context = parsed.contexts.find((each) => each.name === name)
  if (context === undefined) throw new Error(`${file}: there is no context ${name}; ${choice}`)
  if (!context.ok) throw new Error(`${file}: context ${context.name}: ${inWords(context.refusal)}`)
  const contexts = parsed.contexts.flatMap((each) =>
    each.ok ? [{ context: each.name, server: each.connection.server, connection: each.connection }] : [],
  )
  return { context: context.name, hub: context.connection, contexts }
}

/** What the console cannot use of a kubeconfig, for who reads a terminal; where it is, never what it says. */
function inWords(refusal: KubeconfigRefusal): string {
  switch (refusal.code) {
    case 'malformed':
      return `not a kubeconfig: malformed YAML at line ${refusal.line}`
    case 'too_large':
      return `${refusal.bytes} bytes are more than a kubeconfig has (${refusal.most})`
    case 'exec':
    case 'auth_provider':
      return `${refusal.field} signs in by a program or plugin, which is not run here; use a token or a certificate`
    default:
      return `${refusal.code.replaceAll('_', ' ')} (${refusal.field})`
  }
}
