import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Connection } from '@orbweaver/kube/connection'
import type { OfferedContext } from './doors.ts'
import { type Kubeconfig, parseKubeconfig } from '@orbweaver/kube/kubeconfig'

/** The kubeconfig the console was started with: one context is the hub, the others can be offered for registration. */
export type StartKubeconfig = {
  context: string
  hub: Connection
  /** All of them, the hub's own too. */
  contexts: OfferedContext[]
}

/** Throws an Error whose message is fit for one line on stderr. */
export function readStartKubeconfig(file: string, wanted: string | undefined): StartKubeconfig {
  const text = readFileSync(file, 'utf8')
  // Its owner is who starts us, so the files it names are ours to read, relative to it.
  const parsed = parseKubeconfig(text, { files: (path) => readFileSync(resolve(dirname(file), path), 'utf8') })
  if (!parsed.ok) throw new Error(`${file}: ${parsed.refusal.code}`)
  return chosen(parsed, { file, wanted })
}

function chosen(
  parsed: Kubeconfig & { ok: true },
  { file, wanted }: { file: string; wanted: string | undefined },
): StartKubeconfig {
  const name = wanted ?? parsed.current ?? parsed.contexts[0]?.name
  const context = parsed.contexts.find((each) => each.name === name)
  if (context === undefined) throw new Error(`${file}: there is no context ${name ?? ''}`)
  if (!context.ok) {
    const where = 'field' in context.refusal ? context.refusal.field : ''
    throw new Error(`${file}: context ${context.name}: ${context.refusal.code} ${where}`)
  }
  const contexts = parsed.contexts.flatMap((each) =>
    each.ok ? [{ context: each.name, server: each.connection.server, connection: each.connection }] : [],
  )
  return { context: context.name, hub: context.connection, contexts }
}
