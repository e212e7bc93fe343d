import type { RawSearch } from '../../app/location.ts'
import { pageInput, readTable } from '../../app/table-search.ts'
import type { TablePlace } from '../../paths.ts'

export const filters = ['missing', 'expired', 'expiring', 'unreadable', 'unused'] as const
export type TlsFilter = (typeof filters)[number]

export type TlsSearch = TablePlace & {
  cluster?: string
  namespace?: string
  show?: TlsFilter
  /** The Secret that is open: `cluster/namespace/name`. */
  secret?: string
}

export type SecretPlace = { cluster: string; namespace: string; name: string }

export function readSecrets(raw: RawSearch): TlsSearch {
  const show = filters.find((each) => each === raw.show)
  const secret = readPlace(raw.secret)
  return {
    ...readTable(raw),
    ...(raw.cluster === undefined || raw.cluster === '' ? {} : { cluster: raw.cluster }),
    ...(raw.namespace === undefined || raw.namespace === '' ? {} : { namespace: raw.namespace }),
    ...(show === undefined ? {} : { show }),
    ...(secret === undefined ? {} : { secret: placeText(secret) }),
  }
}

export function placeText({ cluster, namespace, name }: SecretPlace): string {
  return [cluster, namespace, name].join('/')
}

export function readPlace(text: string | undefined): SecretPlace | undefined {
  const [cluster = '', namespace = '', name = '', ...more] = (text ?? '').split('/')
  if (cluster === '' || namespace === '' || name === '' || more.length > 0) return undefined
  return { cluster, namespace, name }
}

export function secretsInput(mesh: string, { cluster, namespace, show, ...search }: TlsSearch) {
  return {
    mesh,
    ...pageInput(search),
    ...(cluster === undefined ? {} : { cluster }),
    ...(namespace === undefined ? {} : { namespace }),
    ...(show === undefined ? {} : { show }),
  }
}
