import type { MeshSummary, Stage } from '@orbweaver/contracts/meshes'
import { Section } from '@orbweaver/ui/page'
import { StageList, type StageText } from '@orbweaver/ui/stage-list'
import { Status } from '@orbweaver/ui/status'
import { Button } from 'antd'
import { useState } from 'react'
import { AppLink } from '../../../app/link.tsx'
import { usePlan } from '../../../app/plan/use-plan.ts'
import { useStageText } from '../../../app/wording.tsx'
import { paths } from '../../../paths.ts'
import { useMessage } from '../../../text/messages.ts'
import { LeaveDialog } from '../removal/leave-dialog.tsx'
import { RemoveDialog } from '../removal/remove-dialog.tsx'
import { useText } from '../text.ts'
import { stageHelp, waitedFor } from './actions.ts'
import { Evidence } from './stage-evidence.tsx'
import './stages.css'

/** How far the mesh has come, a stage at a time; each failure with its next action. All done, it folds to one line. */
export function Stages(props: { mesh: StagedMesh; stages: Stage[] }) {
  const t = useText()
  const { mesh, stages } = props
  const toText = useStageText()
  if (stages.length === 0) return null
  const texts = stages.map((stage) => {
    const { reason, ...text } = toText(stage)
    if (stage.state === 'done' || stage.state === 'pending') return { ...text, reason }
    return { ...text, fix: <Help mesh={mesh} stage={stage} reason={reason} /> }
  })
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

type StagedMesh = Pick<MeshSummary, 'name' | 'kind' | 'phase'>
type HelpProps = { mesh: StagedMesh; stage: Stage; reason: StageText['reason'] }

/** Why a stage is not done, and what can be done about it: also while it waits, since a deadline may be far. */
function Help(props: HelpProps) {
  const t = useText()
  const { advice } = stageHelp(props.stage)
  return (
    <>
      <Cause {...props} />
      {advice !== undefined && <p>{t(`advice.${advice}`)}</p>}
      <div className="ow-row">
        <Actions {...props} />
      </div>
      <Evidence mesh={props.mesh.name} stage={props.stage} />
    </>
  )
}

/** The sentence of a stage out of time guesses what was in its way; where that is known it says so instead. */
function Cause({ stage, reason }: HelpProps) {
  const t = useText()
  const say = useMessage()
  const waited = waitedFor(stage)
  if (reason === undefined || waited === undefined) return <p>{reason}</p>
  const what = say({ code: waited, params: stage.reason?.params ?? {} })
  if (stageHelp(stage).advice !== undefined) return <p>{t('overview.outOfTime', { what })}</p>
  return (
    <>
      <p>{reason}</p>
      <p className="ow-soft">{t('overview.waitedFor', { what })}</p>
    </>
  )
}

function Actions({ mesh, stage }: HelpProps) {
  const t = useText()
  const plan = usePlan()
  const { place } = stageHelp(stage)
  const terminating = mesh.phase === 'terminating'
  return (
    <>
      {!terminating && stage.state === 'failed' && (
        <Button size="small" onClick={() => plan.open({ type: 'meshes.repair', name: mesh.name })}>
          {t('action.repair')}
        </Button>
      )}
      {place === 'removal' && <InTheWay mesh={mesh} cluster={stage.cluster} />}
      {place === 'cluster' && (
        <AppLink to={paths.cluster(stage.cluster)}>{t('overview.openCluster', { cluster: stage.cluster })}</AppLink>
      )}
      {place !== undefined && place !== 'cluster' && place !== 'removal' && !terminating && (
        <AppLink to={paths.meshSettings(mesh.name)}>{t(linkWords[place])}</AppLink>
      )}
    </>
  )
}

/** What is taken apart already, and waits: what stands in its way is shown where it was asked for. */
function InTheWay({ mesh, cluster }: { mesh: StagedMesh; cluster: string }) {
  const t = useText()
  const [isOpen, setOpen] = useState(false)
  const close = () => setOpen(false)
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {t('overview.seeInTheWay')}
      </Button>
      {isOpen && mesh.phase === 'terminating' && <RemoveDialog mesh={mesh} onClose={close} />}
      {isOpen && mesh.phase !== 'terminating' && (
        <LeaveDialog mesh={mesh.name} clusters={[cluster]} onClose={close} onStarted={close} />
      )}
    </>
  )
}

const linkWords = {
  entrance: 'action.entrance',
  version: 'action.newVersion',
  settings: 'action.edit',
  preflight: 'action.preflight',
} as const
