import type { Message } from '@orbweaver/contracts/message'
import { type Lacking, type MissingRight, rightIn } from '@orbweaver/contracts/missing-right'
import { groupedBy } from '@orbweaver/istio/world/grouped'
import { CopyText } from '@orbweaver/ui/copy-text'
import { paths } from '../../paths.ts'
import { AppLink } from '../link.tsx'
import './missing-rights.css'
import { roleToAdd } from './role-to-add.ts'
import { useRightsText } from './text.ts'

/** Reasons that are about rights, and the others: rights are told together, the others each by its sentence. */
export function withoutRights(reasons: readonly Message[]): Message[] {
  return reasons.filter((each) => rightIn(each, 'person') === undefined && rightIn(each, 'console') === undefined)
}

/** Each right that is missing, once, by cluster, with the role that adds it. Nothing where none is. */
export function MissingRights(props: { reasons: readonly Message[] }) {
  const of = (who: Lacking) => {
    const rights = props.reasons.map((each) => rightIn(each, who)).filter((each) => each !== undefined)
    return [...groupedBy(rights, ({ cluster }) => cluster)]
  }
  return (
    <>
      {of('person').map(([cluster, rights]) => (
        <Lacks key={cluster} cluster={cluster} rights={rights} who="person" />
      ))}
      {of('console').map(([cluster, rights]) => (
        <Lacks key={cluster} cluster={cluster} rights={rights} who="console" />
      ))}
    </>
  )
}

function Lacks(props: { cluster: string; rights: MissingRight[]; who: Lacking }) {
  const t = useRightsText()
  const { cluster, rights, who } = props
  return (
    <div className="ow-rights">
      <p>{t(who, { cluster })}</p>
      <ul aria-label={t(who, { cluster })}>
        {byResource(rights).map(({ resource, namespace, verbs }) => (
          <li key={`${resource} ${namespace ?? ''}`}>
            <code>{t('one', { resource, verbs: verbs.join(', ') })}</code>
            {namespace !== undefined && ` ${t('in', { namespace })}`}
          </li>
        ))}
      </ul>
      {who === 'person' ? (
        <Role cluster={cluster} rights={rights} />
      ) : (
        <AppLink to={paths.cluster(cluster)}>{t('page', { cluster })}</AppLink>
      )}
    </div>
  )
}

function Role(props: { cluster: string; rights: MissingRight[] }) {
  const t = useRightsText()
  const { cluster, rights } = props
  return (
    <details>
      <summary>{t('role', { cluster })}</summary>
      <p className="ow-soft">{t('roleHint')}</p>
      {rights.some(({ user }) => user === undefined) && <p className="ow-soft">{t('account', { cluster })}</p>}
      <CopyText text={roleToAdd(rights)} block />
    </details>
  )
}

type Told = { resource: string; namespace: string | undefined; verbs: string[] }

/** As the checks of a preflight spell them: `istios.sailoperator.io`. */
function byResource(rights: readonly MissingRight[]): Told[] {
  const told = new Map<string, Told>()
  for (const { group, resource, namespace, verb } of rights) {
    const full = group === '' ? resource : `${resource}.${group}`
    const key = JSON.stringify([full, namespace])
    const known = told.get(key) ?? { resource: full, namespace, verbs: [] }
    known.verbs.push(verb)
    told.set(key, known)
  }
  return [...told.values()]
}
