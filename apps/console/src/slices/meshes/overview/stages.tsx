import type { MeshDetail, Stage } from '@orbweaver/contracts/meshes'
import { Section } from '@orbweaver/ui/page'
import { StageList } from '@orbweaver/ui/stage-list'
import { Status } from '@orbweaver/ui/status'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { AppLink } from '../../../app/link.tsx'
import { usePlan } from '../../../app/plan/use-plan.ts'
import { useStageText } from '../../../app/wording.tsx'
import { paths } from '../../../paths.ts'
import { useMessage } from '../../../text/messages.ts'
import { useText } from '../text.ts'
import { stageHelp, waitedFor } from './actions.ts'

/** How far the mesh has come, a stage at a time; each failure with its next action. All done, it folds to one line. */
export function Stages(props: { mesh: string; stages: Stage[]; terminating: boolean }) {
  const t = useText()
  const { mesh, stages, terminating } = props
  const toText = useStageText()
  if (stages.length === 0) return null
  const texts = stages.map((stage) => ({
    ...toText(stage),
    ...(needsHelp(stage) ? { fix: <Help mesh={mesh} stage={stage} terminating={terminating} /> } : {}),
  }))
  const list = <StageList label={t('overview.stages')} stages={texts} />
  const allDone = stages.every((stage) => stage.state === 'done')
  return (
    <Section title={t('overview.stages')}>
      {allDone ? (
        <details className="mesh-done">
          <summary>
            <Status health="healthy" word={t('overview.stagesDone', { count: stages.length })} />
          </summary>
          {list}
        </details>
      ) : (
        list
      )}
    </Section>
  )
}

/** A failed stage, and one that waits for a cluster nobody can ask. */
function needsHelp(stage: Stage): boolean {
  return stage.state === 'failed' || (stage.state === 'running' && stageHelp(stage).place === 'cluster')
}

function Help(props: { mesh: string; stage: Stage; terminating: boolean }) {
  const t = useText()
  const say = useMessage()
  const plan = usePlan()
  const { mesh, stage, terminating } = props
  const { advice, place } = stageHelp(stage)
  const waited = waitedFor(stage)
  const params = stage.reason?.params ?? {}
  return (
    <>
      {waited !== undefined && (
        <p className="ow-soft">{t('overview.waitedFor', { what: say({ code: waited, params }) })}</p>
      )}
      {advice !== undefined && <p>{t(`advice.${advice}`)}</p>}
      <div className="ow-row">
        {!terminating && stage.state === 'failed' && (
          <Button size="small" onClick={() => plan.open({ type: 'meshes.repair', name: mesh })}>
            {t('action.repair')}
          </Button>
        )}
        {place === 'cluster' && (
          <AppLink to={paths.cluster(stage.cluster)}>{t('overview.openCluster', { cluster: stage.cluster })}</AppLink>
        )}
        {place !== undefined && place !== 'cluster' && !terminating && (
          <AppLink to={paths.meshSettings(mesh)}>{t(linkWords[place])}</AppLink>
        )}
      </div>
    </>
  )
}

const linkWords = {
  entrance: 'action.entrance',
  version: 'action.newVersion',
  settings: 'action.edit',
} as const

/** Objects that are not as the mesh says; the repair that writes them back is a plan like any other. */
export function Drift(props: { mesh: string; drift: MeshDetail['drift']; children: (ref: Ref) => ReactNode }) {
  const t = useText()
  const plan = usePlan()
  const { drift, mesh } = props
  if (drift.length === 0) return null
  const repair = (
    <Button size="small" onClick={() => plan.open({ type: 'meshes.repair', name: mesh })}>
      {t('action.repair')}
    </Button>
  )
  return (
    <Section title={t('overview.drift')} aside={repair}>
      <p className="ow-soft">{t('overview.driftHint')}</p>
      <ul className="mesh-lines">
        {drift.map(({ ref, pointers, missing }) => (
          <li key={JSON.stringify(ref)}>
            {props.children(ref)}
            <span className="ow-spring" />
            <span className="ow-ink-attention" title={pointers.join('\n')}>
              {missing ? t('overview.missing') : t('overview.fields', { count: pointers.length })}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

type Ref = MeshDetail['drift'][number]['ref']
