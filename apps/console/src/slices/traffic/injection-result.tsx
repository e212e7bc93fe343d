import type { InjectionExplanation, InjectionHook } from '@orbweaver/contracts/explain-access'
import { type Fact, KeyValue } from '@orbweaver/ui/key-value'
import { Status } from '@orbweaver/ui/status'
import { useMessage } from '../../text/messages.ts'
import { injectionHealth } from '../../app/explain/verdicts.ts'
import { PlaceLink } from '../../app/explain/place-link.tsx'
import { useText } from './text.ts'
import { Trail } from './trail.tsx'

/** What a new Pod gets, which label or webhook decides, and what would change it. */
export function InjectionResult(props: { mesh: string; explanation: InjectionExplanation }) {
  const t = useText()
  const say = useMessage()
  const { mesh, explanation } = props
  const { outcome, hooks, trail, changes } = explanation
  return (
    <div className="ow-answer">
      <h2>
        <Status health={injectionHealth[outcome]} word={say({ code: `injection.outcome.${outcome}`, params: {} })} />
      </h2>
      <KeyValue columns={1} facts={useFacts(mesh, explanation)} />
      <h3>{t('why')}</h3>
      <Trail mesh={mesh} of="injection" steps={trail} />
      {hooks.length > 0 && <Hooks hooks={hooks} />}
      {changes.length > 0 && (
        <>
          <h3>{t('injection.changes')}</h3>
          <ul className="ow-trail">
            {changes.map(({ code, params }) => (
              <li key={code}>
                <span>{say({ code: `injection.change.${code}`, params })}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

function useFacts(mesh: string, { decidedBy, by, state }: InjectionExplanation): Fact[] {
  const t = useText()
  const say = useMessage()
  const revision = by === null ? undefined : [by.revision, ...(by.tag === undefined ? [] : [`(${by.tag})`])].join(' ')
  const facts: Fact[] = [
    { label: t('decidedBy'), value: decidedBy === null ? t('byDefault') : <PlaceLink mesh={mesh} of={decidedBy} /> },
    { label: t('injection.revision'), value: revision },
  ]
  if (state !== undefined) {
    facts.push({ label: t('injection.state'), value: say({ code: `injection.${state.code}`, params: state.params }) })
  }
  return facts
}

/** Every webhook that could be asked, and the conditions that keep it from being asked. */
function Hooks(props: { hooks: InjectionHook[] }) {
  const t = useText()
  return (
    <>
      <h3>{t('injection.hooks')}</h3>
      <table className="ow-plain-table">
        <thead>
          <tr>
            <th>{t('injection.hook')}</th>
            <th>{t('injection.revision')}</th>
            <th>{t('injection.asked')}</th>
          </tr>
        </thead>
        <tbody>
          {props.hooks.map(({ config, webhook, revision, tag, matches, fails }) => (
            <tr key={`${config} ${webhook}`}>
              <td>
                <code>{webhook}</code>
                <span className="ow-soft">{config}</span>
              </td>
              <td>{tag === undefined ? revision : `${revision} (${tag})`}</td>
              <td>
                <Status
                  health={matches ? 'healthy' : 'unknown'}
                  word={matches ? t('injection.matches') : t('injection.fails')}
                />
                {fails.map(({ of, condition, value }) => (
                  <span key={`${of} ${condition}`} className="ow-soft">
                    {t(`injection.needs.${of}`)} <code>{condition}</code>
                    {' · '}
                    {t('injection.has')} {value === undefined ? t('injection.unset') : <code>{value}</code>}
                  </span>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
