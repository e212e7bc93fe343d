/** One code about one object, as text that can be compared: `IST0101 networking.istio.io/VirtualService shop/web`. */
export type Pair = string

type Named = { readonly group: string; readonly kind: string; readonly namespace: string; readonly name: string }

/** The cluster is left out: of one Service in several clusters istioctl names whichever it meets first. */
export function pairOf(code: string, { group, kind, namespace, name }: Named): Pair {
  return `${code} ${group === '' ? '' : `${group}/`}${kind} ${namespace}/${name}`
}

export const codeOf = (pair: Pair): string => pair.slice(0, pair.indexOf(' '))

/** Kinds of istioctl that are no objects, and the object that they come from. */
const mapped: Readonly<Record<string, Named>> = {
  MeshNetworks: { group: '', kind: 'ConfigMap', namespace: 'istio-system', name: 'istio' },
  MeshConfig: { group: '', kind: 'ConfigMap', namespace: 'istio-system', name: 'istio' },
}

export const asObject = (named: Named): Named => mapped[named.kind] ?? named
