import {
  at,
  flagAt,
  type Json,
  listAt,
  numberAt,
  recordAt,
  stringsAt,
  textAt,
  textsAt,
} from '@orbweaver/contracts/json'

/** Whether a delegate's route is left out: one of its matches is part of none of the root's (mergeHTTPMatchRequests). */
export function isLeftOut(root: readonly Json[], delegate: readonly Json[]): boolean {
  if (root.length === 0) return false
  return delegate.some((leaf) => root.every((each) => contradicts(each, leaf)))
}

/** Whether two HTTPMatchRequests cannot be put together (istio pilot/pkg/model/virtualservice.go, hasConflict, 1.31). */
function contradicts(root: Json, leaf: Json): boolean {
  const strings = ['uri', 'scheme', 'method', 'authority'].map((field) => [at(root, field), at(leaf, field)] as const)
  const maps = ['headers', 'withoutHeaders', 'queryParams'].flatMap((field) =>
    Object.entries(recordAt(leaf, field)).map(([name, each]) => [at(root, field, name), each] as const),
  )
  return (
    [...strings, ...maps].some(([one, other]) => isNoPart(one ?? undefined, other ?? undefined)) ||
    (flagAt(root, 'ignoreUriCase') ?? false) !== (flagAt(leaf, 'ignoreUriCase') ?? false) ||
    isOtherSource(root, leaf)
  )
}

function isOtherSource(root: Json, leaf: Json): boolean {
  const [port, own] = [numberAt(root, 'port') ?? 0, numberAt(leaf, 'port') ?? 0]
  const namespace = textAt(root, 'sourceNamespace') ?? ''
  const labels = stringsAt(root, 'sourceLabels')
  const gateways = textsAt(root, 'gateways')
  const theirs = listAt(leaf, 'gateways')
  return (
    (port > 0 && own > 0 && port !== own) ||
    (namespace !== '' && namespace !== textAt(leaf, 'sourceNamespace')) ||
    Object.entries(stringsAt(leaf, 'sourceLabels')).some(([key, value]) => (labels[key] ?? value) !== value) ||
    (gateways.length > 0 && theirs.some((each) => !gateways.some((one) => one === each)))
  )
}

/** Whether a StringMatch of the delegate is no part of the root's (stringMatchConflict). */
function isNoPart(root: Json | undefined, leaf: Json | undefined): boolean {
  if (root === undefined || leaf === undefined) return false
  const [one, other] = [saidIn(root), saidIn(leaf)]
  if (one.regex !== '' || other.regex !== '') return true
  if (one.exact !== '') return other.prefix !== '' || other.exact !== one.exact
  const start = other.prefix === '' ? other.exact : other.prefix
  return one.prefix === '' || !start.startsWith(one.prefix)
}

function saidIn(match: Json): { exact: string; prefix: string; regex: string } {
  const text = (field: string) => textAt(match, field) ?? ''
  return { exact: text('exact'), prefix: text('prefix'), regex: text('regex') }
}
