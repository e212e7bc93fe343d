import type { Check } from '@orbweaver/contracts/clusters'
import type { Message } from '@orbweaver/contracts/message'
import type { CheckText } from '@orbweaver/ui/checks'
import { useCallback } from 'react'
import './mesh-messages.ts'
import { type SayMessage, useMessage } from './messages.ts'

/** Checks as sentences, for the kit's list. */
export function useCheckTexts(): (checks: Check[]) => CheckText[] {
  const say = useMessage()
  return useCallback((checks) => checks.map((check) => checkText(check, say)), [say])
}

function checkText({ id, severity, cluster, params, fix }: Check, say: SayMessage): CheckText {
  return {
    id,
    severity,
    text: say({ code: `check.${id}`, params: worded(params, say) }),
    place: cluster,
    fix: fix === undefined ? undefined : { text: say({ code: `fix.${fix.code}`, params }), commands: fix.commands },
  }
}

/** A reason is itself a code of the door that was knocked at. */
function worded(params: Message['params'], say: SayMessage): Message['params'] {
  const { reason } = params
  if (typeof reason !== 'string' || reason === '') return params
  const code = /^[a-z_]+$/.test(reason) ? `kube.${reason}` : reason
  return /^kube\.[a-z_]+$/.test(code) ? { ...params, reason: say({ code, params: {} }) } : params
}
