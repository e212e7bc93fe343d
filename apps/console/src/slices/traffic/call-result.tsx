import type { AccessExplanation, AccessHop } from '@orbweaver/contracts/explain-access'
import { aroundHops } from '@orbweaver/istio/simulate/access/around-hops'
import { type Fact, KeyValue } from '@orbweaver/ui/key-value'
import { Status } from '@orbweaver/ui/status'
import { Tag } from '@orbweaver/ui/tag'
import { useMessage } from '../../text/messages.ts'
import { PlaceLink } from '../../app/explain/place-link.tsx'
import { useListed } from '../../text/use-language.ts'
import { useText } from './text.ts'
import { Trail } from './trail.tsx'
import { verdictHealth } from '../../app/explain/verdicts.ts'
import { useByNobody } from './by-nobody.ts'

/** The verdict in one line, who decided, and each place on the way with what it looked at. */
export function CallResult(props: { mesh: string; explanation: AccessExplanation }) {
  const t = useText()
  const say = useMessage()
  const { mesh, explanation } = props
  const { verdict, hops } = explanation
  const { before, after } = aroundHops(explanation)
  const facts = useFacts(mesh, explanation)
  return (
    <div className="ow-answer">
      <h2>
        <Status health={verdictHealth[verdict]} word={say({ code: `access.verdict.${verdict}`, params: {} })} />
      </h2>
      {facts.length > 0 && <KeyValue columns={1} facts={facts} />}
      <Trials mesh={mesh} explanation={explanation} />
      <h3>{t('why')}</h3>
      {before.length > 0 && <Trail mesh={mesh} of="access.step" steps={before} />}
      {hops.map((hop, index) => (
        <Hop key={index} mesh={mesh} hop={hop} />
      ))}
      {after.length > 0 && <Trail mesh={mesh} of="access.step" steps={after} />}
    </div>
  )
}

function useFacts(mesh: string, explanation: AccessExplanation): Fact[] {
  const t = useText()
  const say = useMessage()
  const listed = useListed()
  const byNobody = useByNobody()
  const { verdict, decidedBy, principal, depends, providers, audits } = explanation
  const by = decidedBy === null ? byNobody(verdict) : <PlaceLink mesh={mesh} of={decidedBy} />
  const who = principal === null ? t('noPrincipal') : <code>{principal}</code>
  // Of a call that nobody could follow there is nothing to say.
  const isFollowed = verdict !== 'unknown' || explanation.hops.length > 0
  const facts: Fact[] = [
    ...(decidedBy !== null || isFollowed ? [{ label: t('decidedBy'), value: by }] : []),
    ...(principal !== null || isFollowed ? [{ label: t('principal'), value: who }] : []),
  ]
  if (depends.length > 0) {
    const words = depends.map((each) => say({ code: `access.depends.${each}`, params: {} }))
    facts.push({ label: t('depends'), value: listed(words) })
  }
  if (providers.length > 0) facts.push({ label: t('providers'), value: <code>{providers.join(', ')}</code> })
  if (audits.length > 0) {
    facts.push({
      label: t('audits'),
      value: audits.map((each, index) => <PlaceLink key={index} mesh={mesh} of={each} />),
    })
  }
  return facts
}

/** Policies on trial decide nothing; what they would do is told. */
function Trials(props: { mesh: string; explanation: AccessExplanation }) {
  const t = useText()
  const { dryRun } = props.explanation
  if (dryRun.length === 0) return null
  return (
    <>
      <h3>{t('trials')}</h3>
      <ul className="ow-trail">
        {dryRun.map(({ action, matches, ref, pointer }, index) => (
          <li key={index}>
            <span>{t(`trial.${matches}`, { action })}</span>
            <PlaceLink mesh={props.mesh} of={{ ref, pointer }} />
          </li>
        ))}
      </ul>
    </>
  )
}

function Hop(props: { mesh: string; hop: AccessHop }) {
  const say = useMessage()
  const t = useText()
  const { at, ref, layer, peer, mtls, verdict, trail } = props.hop
  return (
    <section className="ow-hop">
      <h4>
        {say({ code: `access.at.${at}`, params: { name: ref?.name ?? '' } })}{' '}
        <Status health={verdictHealth[verdict]} word={say({ code: `access.verdict.${verdict}`, params: {} })} />
      </h4>
      <p className="ow-row">
        <Tag>{t(`layers.${layer}`)}</Tag>
        <Tag>{mtls ? t('overMtls') : t('plain')}</Tag>
        {peer !== undefined && <Tag>{`PeerAuthentication ${peer}`}</Tag>}
      </p>
      <Trail mesh={props.mesh} of="access.step" steps={trail} />
    </section>
  )
}
