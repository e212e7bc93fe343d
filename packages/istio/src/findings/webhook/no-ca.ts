import { isRecord, at, listAt, textAt } from '@orbweaver/contracts/json'
import { labelsOf } from '@orbweaver/contracts/kubernetes'
import { kinds } from '../../world/kinds.ts'
import { names } from '../../world/names.ts'
import { type Code, found, type Judge } from '../finding.ts'

const code: Code = { code: 'webhook.no-ca', severity: 'error', istio: 'accepts', aliases: [] }

/**
 * Webhooks of Istio that a cluster calls and cannot trust: nobody has given them the root of istiod's certificate. istiod
 * does so for those with the label of its own revision (istio pkg/webhooks/webhookpatch.go, pkg/webhooks/validation/controller);
 * of one in a file nothing is said, as files do not have it.
 */
export const noCa: Judge = {
  says: [code],
  kinds: [kinds.mutatingWebhook, kinds.validatingWebhook],
  where: 'every',
  judge(subject) {
    const { metadata } = subject.object
    if (metadata.uid === undefined) return []
    return listAt(subject.object, 'webhooks').flatMap((webhook, index) => {
      const name = textAt(webhook, 'name') ?? ''
      const isTrusted = (textAt(webhook, 'clientConfig', 'caBundle') ?? '') !== ''
      const isOfIstio = name.endsWith('istio.io') && isRecord(at(webhook, 'clientConfig', 'service'))
      if (!isOfIstio || isTrusted || textAt(webhook, 'failurePolicy') === 'Ignore') return []
      const revision = labelsOf(subject.object)[names.revision] ?? 'default'
      return [found(subject, code, { pointer: `/webhooks/${index}/clientConfig`, params: { webhook: name, revision } })]
    })
  },
}
