import { MeshSpec } from '@orbweaver/contracts/fleet-objects'
import { PrimaryButton, Section } from '@orbweaver/ui/page'
import { Status } from '@orbweaver/ui/status'
import { AppLink } from '../../../app/link.tsx'
import { usePlan } from '../../../app/plan/use-plan.ts'
import { paths } from '../../../paths.ts'
import { useImportText } from './text.ts'
import type { Import } from './use-import.ts'

/** One plan after the other: the record first, then what is said of namespaces and the rules, in portions. */
export function ImportSteps(props: { of: Import }) {
  const t = useImportText()
  const { of } = props
  const held = useHeld(of)
  const plan = usePlan()
  const spec = MeshSpec.safeParse(of.moved.mesh?.spec)
  const create = () => {
    if (!spec.success) return
    plan.open({ type: 'meshes.create', name: of.name, spec: spec.data }, { onDone: of.refresh, onClosed: of.refresh })
  }
  const bring = (part: number) =>
    plan.open(
      { type: 'meshes.import', name: of.name, objects: of.parts[part] ?? [], conflicts: of.conflicts },
      { onDone: () => of.finish(part) },
    )
  const all = of.exists === true && of.parts.every((_, index) => of.done.has(index))
  return (
    <Section title={t('steps')}>
      <ol className="import-steps">
        <Step
          title={of.exists === true ? t('existsStep') : t('createStep')}
          done={of.exists === true}
          held={held ?? (spec.success ? undefined : t('faults'))}
          onPlan={create}
        />
        {of.parts.map((part, index) => (
          <Step
            key={part.map(({ object }) => object.metadata.name).join()}
            title={t('rulesStep', { part: index + 1, of: of.parts.length, count: part.length })}
            done={of.done.has(index)}
            held={held ?? (of.exists === true ? undefined : t('first'))}
            onPlan={() => bring(index)}
          />
        ))}
      </ol>
      <Notes of={of} all={all} />
    </Section>
  )
}

function Notes(props: { of: Import; all: boolean }) {
  const t = useImportText()
  const { of, all } = props
  if (of.exists !== true) return null
  if (all) {
    return (
      <p>
        <Status health="healthy" word={t('finished')} /> <AppLink to={paths.mesh(of.name)}>{t('open')}</AppLink>
      </p>
    )
  }
  return (
    <>
      {of.done.size === 0 && <p className="ow-soft">{t('existsHint')}</p>}
      {of.phase !== 'ready' && <p className="ow-soft">{t('settle')}</p>}
    </>
  )
}

function Step(props: { title: string; done: boolean; held: string | undefined; onPlan: () => void }) {
  const t = useImportText()
  return (
    <li>
      <span>{props.title}</span>
      {props.done ? (
        <Status health="healthy" word={t('done')} />
      ) : (
        <PrimaryButton action={{ label: t('verb'), disabled: props.held, onSelect: props.onPlan }} />
      )}
    </li>
  )
}

/** Why no step can be taken. */
function useHeld(of: Import): string | undefined {
  const t = useImportText()
  if (of.unmapped !== undefined) return t('unmapped', { cluster: of.unmapped })
  if (of.doubled) return t('doubled')
  return of.valid ? undefined : t('nameFault')
}
