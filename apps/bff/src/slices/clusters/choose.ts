import type { KubeconfigOrigin, KubeconfigSource } from '@orbweaver/contracts/intent'
import type { Message } from '@orbweaver/contracts/message'
import type { Connection } from '@orbweaver/kube/connection'
import { type KubeconfigContext, parseKubeconfig } from '@orbweaver/kube/kubeconfig'
import type { KubeconfigRefusal } from '@orbweaver/kube/kubeconfig/refusal'
import type { OfferedContext } from '../../kube/doors.ts'

type Usable = { context: string; connection: Connection; warnings: Message[] }

/** One context of a kubeconfig, or why it cannot be taken. */
type ReadContext = (Usable & { ok: true }) | { ok: false; context: string; server?: string; refusal: Message }

export type ReadOrigin =
  | { ok: true; kind: KubeconfigOrigin['kind']; current: string | undefined; contexts: ReadContext[] }
  | { ok: false; refusal: Message }

/** What a kubeconfig has. Pure: nobody is asked. */
export function readOrigin(origin: KubeconfigOrigin, offered: readonly OfferedContext[]): ReadOrigin {
  const { kind } = origin
  if (kind === 'offered') {
    const contexts = offered.map(
      ({ context, connection }): ReadContext => ({ ok: true, context, connection, warnings: [] }),
    )
    return { ok: true, kind, current: undefined, contexts }
  }
  const parsed = parseKubeconfig(origin.kubeconfig)
  if (!parsed.ok) return { ok: false, refusal: refusalMessage(parsed.refusal) }
  return { ok: true, kind, current: parsed.current, contexts: parsed.contexts.map(readContext) }
}

function readContext(each: KubeconfigContext): ReadContext {
  if (!each.ok) {
    const { name: context, server, refusal } = each
    return { ok: false, context, refusal: refusalMessage(refusal), ...(server !== undefined && { server }) }
  }
  const warnings = each.warnings.map((code) => ({ code: `kubeconfig.warning.${code}`, params: {} }))
  return { ok: true, context: each.name, connection: each.connection, warnings }
}

function refusalMessage(refusal: KubeconfigRefusal): Message {
  const { code, ...params } = refusal
  return { code: `kubeconfig.${code}`, params }
}

export type Chosen = (Usable & { ok: true; contexts: string[] }) | { ok: false; contexts: string[]; refusal: Message }

/** Which connection a source means, or why it can be none. */
export function choose(source: KubeconfigSource, offered: readonly OfferedContext[]): Chosen {
  const read = readOrigin(source, offered)
  if (!read.ok) return { ok: false, contexts: [], refusal: read.refusal }
  return chooseFrom(read, source.context)
}

/** One of the contexts that were read; without a name the current one. */
export function chooseFrom(read: ReadOrigin & { ok: true }, named: string | undefined): Chosen {
  const all = read.contexts.map((each) => each.context)
  const name = named ?? read.current ?? all[0]
  const found = read.contexts.find((each) => each.context === name)
  // What else the console itself could reach is told by another question.
  const contexts = read.kind === 'pasted' ? all : all.filter((each) => each === name)
  if (found === undefined) {
    const code = read.kind === 'pasted' ? 'kubeconfig.no_such_context' : 'kubeconfig.not_offered'
    return { ok: false, contexts, refusal: { code, params: {} } }
  }
  return found.ok ? { ...found, contexts } : { ok: false, contexts, refusal: found.refusal }
}
