import type { FindingsPage, FindingsQuery, KnownFinding } from '@orbweaver/contracts/findings'
import { mentions, pageOf, sorted } from '@orbweaver/contracts/page'
import { Severity } from '@orbweaver/contracts/plan'
import { groupedBy } from '@orbweaver/istio/world/grouped'

type Asked = Omit<FindingsQuery, 'mesh'>
type Filters = Record<'severity' | 'code' | 'kind' | 'namespace' | 'muted' | 'rest', (of: KnownFinding) => boolean>

/** What was asked for of all that the viewer may know; what can be chosen from is counted under all other filters. */
export function findingsPage(
  findings: readonly KnownFinding[],
  asked: Asked,
): Omit<FindingsPage, 'clusters' | 'everything'> {
  const filters = filtersOf(asked)
  const under = (...but: (keyof Filters)[]) => {
    const kept = Object.entries(filters).filter(([key]) => !but.some((each) => each === key))
    return findings.filter((each) => kept.every(([, keeps]) => keeps(each)))
  }
  const shown = sorted(
    under(),
    (each) => [column(each, asked.sort), rank(each), each.code, ...placeOf(each), each.pointer],
    asked.order,
  )
  const severities = groupedBy(under('severity'), ({ severity }) => severity)
  return {
    ...pageOf(shown, asked),
    counts: {
      severities: {
        rejected: severities.get('rejected')?.length ?? 0,
        error: severities.get('error')?.length ?? 0,
        warning: severities.get('warning')?.length ?? 0,
        info: severities.get('info')?.length ?? 0,
      },
      codes: codesOf(under('code')),
      kinds: counted(under('kind'), ({ ref }) => ref.kind).map(([kind, count]) => ({ kind, count })),
      namespaces: counted(under('namespace'), homeOf).map(([namespace, count]) => ({ namespace, count })),
      muted: under('muted').filter(({ mute }) => mute !== undefined).length,
    },
  }
}

function filtersOf(asked: Asked): Filters {
  const { severities, codes, kinds, namespace, cluster, name } = asked
  const within = (wanted: readonly string[] | undefined, own: readonly string[]) =>
    wanted === undefined || wanted.length === 0 || own.some((each) => wanted.includes(each))
  return {
    severity: (each) => within(severities, [each.severity]),
    code: (each) => within(codes, [each.code, ...each.aliases]),
    kind: ({ ref }) => within(kinds, [ref.kind]),
    namespace: (each) => namespace === undefined || homeOf(each) === namespace,
    muted: ({ mute }) => asked.muted === 'with' || (mute !== undefined) === (asked.muted === 'only'),
    rest: (each) =>
      (cluster === undefined || each.ref.cluster === cluster) &&
      (name === undefined || each.ref.name === name) &&
      mentions(asked.search, textsOf(each)),
  }
}

/** A namespace is at home in itself. */
function homeOf({ ref }: Pick<KnownFinding, 'ref'>): string {
  return ref.namespace ?? (ref.kind === 'Namespace' && ref.group === '' ? ref.name : '')
}

function textsOf({ code, aliases, ref, params, pointer }: KnownFinding): string[] {
  return [
    code,
    ...aliases,
    ref.name,
    homeOf({ ref }),
    ref.kind,
    ref.cluster,
    pointer,
    ...Object.values(params).map(String),
  ]
}

function rank({ severity }: { severity: Severity }): number {
  return Severity.options.indexOf(severity)
}

function placeOf({ ref }: KnownFinding): string[] {
  return [ref.kind, ref.namespace ?? '', ref.name, ref.cluster]
}

/** Worst first where nothing else was asked for. */
function column(each: KnownFinding, sort: string | undefined): string | number {
  switch (sort) {
    case 'code':
      return each.code
    case 'kind':
      return each.ref.kind
    case 'name':
      return each.ref.name
    case 'namespace':
      return homeOf(each)
    case 'cluster':
      return each.ref.cluster
    default:
      return rank(each)
  }
}

function codesOf(findings: readonly KnownFinding[]): FindingsPage['counts']['codes'] {
  const byCode = [...groupedBy(findings, ({ code }) => code)]
  const counted = byCode.flatMap(([code, of]) => {
    const [worst] = of.toSorted((a, b) => rank(a) - rank(b))
    return worst === undefined ? [] : [{ code, severity: worst.severity, count: of.length }]
  })
  return sorted(counted, (each) => [rank(each), -each.count, each.code])
}

function counted(findings: readonly KnownFinding[], by: (of: KnownFinding) => string): [string, number][] {
  const groups = [...groupedBy(findings, by)].filter(([key]) => key !== '')
  return sorted(
    groups.map(([key, of]): [string, number] => [key, of.length]),
    ([key]) => [key],
  )
}
