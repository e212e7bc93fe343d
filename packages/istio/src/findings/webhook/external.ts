import { at, isRecord, type Json, listAt, textAt } from '@orbweaver/contracts/json'
import { isAddress } from '../../validation/addresses.ts'
import { parseUrl } from '../../validation/urls.ts'
import { kinds } from '../../world/kinds.ts'
import { type Code, found, type Judge } from '../finding.ts'

const blank: Code = { code: 'webhook.no-target', severity: 'error', istio: 'accepts', aliases: ['IST0163'] }
const invalid: Code = { code: 'webhook.url-invalid', severity: 'error', istio: 'accepts', aliases: ['IST0163'] }
const address: Code = { code: 'webhook.url-address', severity: 'info', istio: 'accepts', aliases: ['IST0164'] }

/** Whom Istio's webhooks call where the control plane is elsewhere (istio analyzers/externalcontrolplane). */
export const external: Judge = {
  says: [blank, invalid, address],
  kinds: [kinds.mutatingWebhook, kinds.validatingWebhook],
  where: 'every',
  judge(subject) {
    const { kind, metadata } = subject.object
    if (!isIstios(kind, metadata.name)) return []
    return listAt(subject.object, 'webhooks').flatMap((webhook, index) => {
      const code = codeOf(at(webhook, 'clientConfig'))
      if (code === undefined) return []
      const url = textAt(webhook, 'clientConfig', 'url') ?? ''
      const pointer = `/webhooks/${index}/clientConfig${code === blank ? '' : '/url'}`
      return [found(subject, code, { pointer, params: { webhook: textAt(webhook, 'name') ?? '', url } })]
    })
  },
}

/** By the names that the charts give. */
function isIstios(kind: string, name: string): boolean {
  if (kind === 'MutatingWebhookConfiguration') return name.startsWith('istio-sidecar-injector')
  return name === 'istiod-default-validator' || name.startsWith('istio-validator')
}

function codeOf(config: Json | undefined): Code | undefined {
  const url = textAt(config, 'url')
  if (url === undefined) return isRecord(at(config, 'service')) ? undefined : blank
  const read = parseUrl(url)
  if (read.fault !== undefined) return invalid
  return isAddress(read.host) && !read.host.includes('%') ? address : undefined
}
