import { FormPage } from '@orbweaver/ui/form-shell'
import { Skeleton } from '@orbweaver/ui/skeleton'
import { Segmented } from 'antd'
import { lazy, type ReactNode, Suspense, useMemo } from 'react'
import { useFailureOf } from '../../../api/failure.ts'
import { BasicFields } from './basics.tsx'
import { ControlPlaneFields } from './control-plane.tsx'
import { type Draft, type Ready, readyDraft } from './draft.ts'
import { KindChoice } from './kind-choice.tsx'
import { MemberOverrides } from './member-overrides.tsx'
import './mesh-form.css'
import { OtherValuesSection } from './other/section.tsx'
import { MeshPreview } from './preview.tsx'
import { SettingsSections } from './settings-sections.tsx'
import { useFormText } from './text.ts'
import { type MeshForm, useMeshForm } from './use-mesh-form.ts'
import { type Preflight, usePreflight } from './use-preflight.ts'
import { toValues } from './values.ts'

const MeshYaml = lazy(async () => ({ default: (await import('./mesh-yaml-field.tsx')).MeshYaml }))

/** The form of a mesh, new or existing, with its preflight and its objects beside it, form ⇄ YAML at any moment. */
export function MeshFormPage(props: {
  initial: Draft
  verb: string
  /** An existing mesh: kind, name and cluster stay. */
  fixed?: boolean
  /** Fields of a mesh that is installed, beyond what its record says. */
  more?: ReactNode
  /** Roots that it is to begin with (PEM). */
  roots?: string | undefined
  /** Why the draft as it stands cannot be sent, beyond what the form sees itself. */
  hold?: (draft: Draft) => string | undefined
  onSubmit: (ready: Ready) => void
  onCancel: () => void
}) {
  const { initial } = props
  const mesh = useMeshForm(initial)
  const ready = useMemo(() => readyDraft(mesh.draft), [mesh.draft])
  const preflight = usePreflight(ready, props.roots)
  const failure = useFailureOf(mesh.choices.error)
  const held = useHeld(mesh, preflight) ?? props.hold?.(mesh.draft)
  return (
    <div className="mesh-form">
      <FormPage
        form={mesh.form}
        initial={toValues(initial)}
        verb={props.verb}
        onSubmit={() => {
          if (preflight.ready !== undefined) props.onSubmit(preflight.ready)
        }}
        loading={false}
        failure={failure}
        onRetry={() => void mesh.choices.refetch()}
        disabled={held}
        onChange={mesh.change}
        onCancel={props.onCancel}
        preview={
          <MeshPreview
            preflight={preflight}
            lacks={mesh.choice?.lacks}
            kind={mesh.kind}
            mesh={props.fixed === true ? initial.name : undefined}
          />
        }
      >
        <Look mesh={mesh} />
        {mesh.look === 'form' ? (
          <>
            <Fields mesh={mesh} fixed={props.fixed === true} />
            {mesh.kind !== 'External' && props.more}
          </>
        ) : (
          <Suspense fallback={<Skeleton lines={10} />}>
            <MeshYaml
              draft={mesh.draft}
              name={props.fixed === true ? initial.name : undefined}
              onDraft={mesh.setDraft}
              onFault={mesh.setUnreadable}
            />
          </Suspense>
        )}
      </FormPage>
    </div>
  )
}

/** Why the draft cannot be sent, as far as no field of the form says so itself. */
function useHeld(mesh: MeshForm, preflight: Preflight): string | undefined {
  const t = useFormText()
  if (mesh.unreadable) return t('held.yaml')
  const [fault] = mesh.editing.faults
  if (fault !== undefined) return t('held.field', { field: fault })
  if (preflight.waiting) return mesh.look === 'yaml' ? t('held.incomplete') : undefined
  return preflight.blocking > 0 ? t('held.blocked', { count: preflight.blocking }) : undefined
}

function Look(props: { mesh: MeshForm }) {
  const t = useFormText()
  const { mesh } = props
  return (
    <div className="mesh-look">
      <Segmented
        tabIndex={-1}
        aria-label={t('look')}
        value={mesh.look}
        onChange={mesh.setLook}
        disabled={mesh.unreadable}
        options={[
          { value: 'form', label: t('form') },
          { value: 'yaml', label: t('yaml') },
        ]}
      />
    </div>
  )
}

function Fields(props: { mesh: MeshForm; fixed: boolean }) {
  const { mesh, fixed } = props
  const { kind, values } = mesh
  return (
    <>
      {!fixed && <KindChoice value={kind} onChange={mesh.setKind} />}
      <BasicFields
        kind={kind}
        values={values}
        choice={mesh.choice}
        choices={mesh.choices.data?.clusters}
        clusters={mesh.clusters}
        asking={mesh.choices.isFetching}
        fixed={fixed}
      />
      <ControlPlaneFields kind={kind} values={values} clusters={mesh.clusters} {...mesh.editing} />
      <SettingsSections kind={kind} {...mesh.editing} />
      <OtherValuesSection kind={kind} {...mesh.editing} />
      <MemberOverrides {...mesh.editing} />
    </>
  )
}
