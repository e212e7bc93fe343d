import { listAt, stringsAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'

/** A rule in one line of a list: what it is about, in the words of the object itself. */
export function summaryOf(object: KubernetesObject): string {
  switch (object.kind) {
    case 'VirtualService':
    case 'ServiceEntry':
      return texts(listAt(object, 'spec', 'hosts')).join(', ')
    case 'DestinationRule':
      return textAt(object, 'spec', 'host') ?? ''
    case 'Gateway':
      return texts(listAt(object, 'spec', 'servers').flatMap((each) => listAt(each, 'hosts'))).join(', ')
    case 'PeerAuthentication':
      return join(textAt(object, 'spec', 'mtls', 'mode') ?? 'UNSET', selectorOf(object))
    case 'AuthorizationPolicy':
      return join(textAt(object, 'spec', 'action') ?? 'ALLOW', selectorOf(object))
    case 'RequestAuthentication':
      return join(issuersOf(object), selectorOf(object))
    default:
      return ''
  }
}

function selectorOf(object: KubernetesObject): string {
  return Object.entries(stringsAt(object, 'spec', 'selector', 'matchLabels'))
    .map(([key, value]) => `${key}=${value}`)
    .join(',')
}

function issuersOf(object: KubernetesObject): string {
  return texts(listAt(object, 'spec', 'jwtRules').map((each) => textAt(each, 'issuer'))).join(', ')
}

function texts(values: readonly unknown[]): string[] {
  return [...new Set(values.filter((each) => typeof each === 'string'))]
}

function join(...parts: string[]): string {
  return parts.filter((each) => each !== '').join(' · ')
}
