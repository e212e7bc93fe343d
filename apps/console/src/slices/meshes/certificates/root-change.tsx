import type { Authority, Certificate, RootChange } from '@orbweaver/contracts/certificates'
import { PrimaryButton, SecondaryButton, Section } from '@orbweaver/ui/page'
import { StageList, type StageText } from '@orbweaver/ui/stage-list'
import { type Health, Status } from '@orbweaver/ui/status'
import { Button } from 'antd'
import { useState } from 'react'
import { AppLink } from '../../../app/link.tsx'
import { usePlan } from '../../../app/plan/use-plan.ts'
import { paths } from '../../../paths.ts'
import { useMessage } from '../../../text/messages.ts'
import { AddRootDrawer } from './add-root-drawer.tsx'
import { PlugDrawer, type PlugTarget } from './plug-drawer.tsx'
import { ProxyEvidence } from './proxy-evidence.tsx'
import { useCertificateText } from './text.ts'

type Props = {
  mesh: string
  place: { cluster: string; namespace: string }
  authority: Authority
  change: RootChange
}

const steps = ['add', 'switch', 'remove'] as const

/** The three phases of a change of root: which of them the mesh is in, by what evidence, and the plan for the next. */
export function RootChangeSection(props: Props) {
  const t = useCertificateText()
  const { change } = props
  return (
    <Section title={t('change.title')}>
      <p className="ow-soft">{t('change.hint')}</p>
      <StageList label={t('change.title')} stages={steps.map((step) => stageOf(step, change, t))} />
      <Reasons change={change} />
      <Actions {...props} />
      {change.phase !== 'one-root' && (
        <>
          <Evidence change={change} />
          <ProxyEvidence mesh={props.mesh} />
        </>
      )}
    </Section>
  )
}

/** How far each phase is: the present one is done once nothing holds the next. */
function stageOf(
  step: (typeof steps)[number],
  change: RootChange,
  t: ReturnType<typeof useCertificateText>,
): StageText {
  const at = { 'one-root': -1, added: 0, switched: 1 }[change.phase]
  const index = steps.indexOf(step)
  const here = change.holds.length > 0 ? 'running' : 'done'
  const state = index < at ? 'done' : index === at ? here : 'pending'
  return {
    id: step,
    title: t(`change.steps.${step}`),
    state,
    word: state === 'pending' ? t('change.notBegun') : undefined,
    since: index === at ? change.since : undefined,
  }
}

function Reasons(props: { change: RootChange }) {
  const t = useCertificateText()
  const say = useMessage()
  const { holds, doubts } = props.change
  if (holds.length + doubts.length === 0) return null
  return (
    <ul className="mesh-lines">
      {holds.map((each) => (
        <li key={each.code}>
          <Status health="working" word={t('change.waits')} reason={say(each)} />
        </li>
      ))}
      {doubts.map((each) => (
        <li key={each.code}>
          <Status health="unknown" word={t('change.unsure')} reason={say(each)} />
        </li>
      ))}
    </ul>
  )
}

function pemOf(roots: readonly Certificate[]): string {
  return roots.map(({ pem }) => pem).join('')
}

type Asking = { what: 'add' } | { what: 'sign'; target: PlugTarget }

/** What may be done from here: on, back, and what the next phase waits for. */
function Actions(props: Props) {
  const t = useCertificateText()
  const say = useMessage()
  const plan = usePlan()
  const [asking, setAsking] = useState<Asking>()
  const { mesh, place, authority, change } = props
  const { roots, signedUnder, selfSigned } = authority
  const other = roots.find(({ fingerprint }) => fingerprint === change.other)
  const held = change.holds.length > 0 ? change.holds.map(say).join(' ') : undefined
  const restartable = change.workloads.filter((each) => each.restartable).map(({ ref }) => ref)
  const trust = (kept: readonly Certificate[], signer?: 'self-signed') =>
    plan.open({ type: 'meshes.trust-roots', name: mesh, roots: pemOf(kept), ...(signer !== undefined && { signer }) })
  const signUnder = (root: Certificate | undefined) => {
    if (root === undefined) return
    if (root.fingerprint === selfSigned) trust(roots, 'self-signed')
    else setAsking({ what: 'sign', target: { root, bundle: pemOf(roots) } })
  }
  const close = () => setAsking(undefined)
  return (
    <div className="ow-row">
      {change.phase === 'one-root' && <Button onClick={() => setAsking({ what: 'add' })}>{t('change.add')}</Button>}
      {restartable.length > 0 && (
        <Button onClick={() => plan.open({ type: 'sidecars.restart', mesh, workloads: restartable })}>
          {t('change.restart', { count: restartable.length })}
        </Button>
      )}
      {change.phase === 'added' && (
        <>
          <PrimaryButton action={{ label: t('change.sign'), disabled: held, onSelect: () => signUnder(other) }} />
          <Button onClick={() => trust(roots.filter((each) => each !== other))}>{t('change.takeBack')}</Button>
        </>
      )}
      {change.phase === 'switched' && (
        <>
          <PrimaryButton
            action={{
              label: t('change.remove'),
              disabled: held,
              onSelect: () => trust(roots.filter(({ fingerprint }) => fingerprint === signedUnder)),
            }}
          />
          <SecondaryButton action={{ label: t('change.signBack'), disabled: held, onSelect: () => signUnder(other) }} />
        </>
      )}
      {asking?.what === 'add' && <AddRootDrawer mesh={mesh} present={roots} onClose={close} />}
      {asking?.what === 'sign' && (
        <PlugDrawer mesh={mesh} place={place} present={authority} target={asking.target} onClose={close} />
      )}
    </div>
  )
}

const handedHealth: Record<RootChange['clusters'][number]['handedOut'], Health> = {
  all: 'healthy',
  behind: 'working',
  unknown: 'unknown',
}

function Evidence(props: { change: RootChange }) {
  const t = useCertificateText()
  return (
    <>
      <h3 className="mesh-subtitle">{t('change.evidence')}</h3>
      <ul className="mesh-lines" aria-label={t('change.evidence')}>
        {props.change.clusters.map(({ cluster, handedOut, namespaces, pods }) => (
          <li key={cluster}>
            <span className="mesh-line-name">
              <AppLink to={paths.cluster(cluster)}>{cluster}</AppLink>
            </span>
            <Status health={handedHealth[handedOut]} word={t(`change.handedOut.${handedOut}`)} />
            <span className="ow-spring" />
            {namespaces !== undefined && <Count of={namespaces} word="namespaces" />}
            {pods !== undefined && <Count of={pods} word="pods" />}
          </li>
        ))}
      </ul>
    </>
  )
}

function Count(props: { of: { behind: number; total: number }; word: 'namespaces' | 'pods' }) {
  const t = useCertificateText()
  const { behind, total } = props.of
  return <span>{t(`change.${props.word}`, { done: total - behind, total })}</span>
}
