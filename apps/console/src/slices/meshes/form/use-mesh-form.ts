import type { JsonRecord } from '@orbweaver/contracts/json'
import { useQuery } from '@tanstack/react-query'
import { Form } from 'antd'
import { useMemo, useState } from 'react'
import { api } from '../../../api/api.ts'
import { clustersIn, consequences } from './choice.ts'
import { type Draft, type Kind, kindOf, withKind } from './draft.ts'
import { faultsOf } from './fields/field-of.ts'
import { type MeshValues, toValues, withValues } from './values.ts'

/** Paths of fields that the antd form holds and checks. */
const ownPaths = [
  'version',
  'displayName',
  ...['cluster', 'revision', 'entrance.address', 'imageHub'].map((each) => `controlPlane.${each}`),
]

/** One draft that form and YAML both edit: the draft is the truth, the antd form shows it. */
export function useMeshForm(initial: Draft) {
  const [form] = Form.useForm<MeshValues>()
  const [draft, setDraft] = useState(initial)
  const [look, setLook] = useState<'form' | 'yaml'>('form')
  const [unreadable, setUnreadable] = useState(false)
  const kind = kindOf(draft)
  // Somebody may install what a cluster lacks while the form is open.
  const choices = useQuery(api.meshes.choices.queryOptions({ input: { kind }, refetchInterval: 30_000 }))
  const values = toValues(draft)
  const clusters = clustersIn(choices.data?.clusters, draft.spec)
  const choice = clusters.find((each) => each.name === values.cluster)

  const faults = useMemo(() => faultsOf(draft.spec), [draft.spec])
  const show = (next: Draft) => {
    setDraft(next)
    form.setFieldsValue(toValues(next))
  }
  const change = (changed: Partial<MeshValues>) => {
    const next = withValues(draft, changed)
    const chosen = toValues(next)
    if (chosen.cluster === values.cluster) {
      setDraft(next)
      return
    }
    show(withValues(next, consequences(kind, clustersIn(choices.data?.clusters, next.spec), chosen)))
  }
  return {
    form,
    draft,
    kind,
    values,
    look,
    choices,
    choice,
    /** Those that the draft names, that of its control plane first. */
    clusters,
    unreadable,
    setUnreadable,
    setDraft,
    change,
    /** For fields that edit the draft itself. What the form's own fields find wrong, they say themselves. */
    editing: {
      spec: draft.spec,
      faults: faults.filter((path) => !ownPaths.includes(path)),
      onSpec: (spec: JsonRecord) => setDraft({ ...draft, spec }),
    },
    setKind: (next: Kind) => show(withKind(draft, next)),
    setLook: (next: 'form' | 'yaml') => {
      setLook(next)
      form.setFieldsValue(toValues(draft))
    },
  }
}

export type MeshForm = ReturnType<typeof useMeshForm>
