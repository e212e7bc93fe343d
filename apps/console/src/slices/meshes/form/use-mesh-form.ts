import { useQuery } from '@tanstack/react-query'
import { Form } from 'antd'
import { useState } from 'react'
import { api } from '../../../api/api.ts'
import { consequences } from './choice.ts'
import { type Draft, type Kind, kindOf, withKind } from './draft.ts'
import { type MeshValues, toValues, withValues } from './values.ts'

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
  const choice = choices.data?.clusters.find((each) => each.name === values.cluster)

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
    const choice = choices.data?.clusters.find((each) => each.name === chosen.cluster)
    show(withValues(next, consequences(kind, choice, chosen)))
  }
  return {
    form,
    draft,
    kind,
    values,
    look,
    choices,
    choice,
    unreadable,
    setUnreadable,
    setDraft,
    change,
    setKind: (next: Kind) => show(withKind(draft, next)),
    setLook: (next: 'form' | 'yaml') => {
      setLook(next)
      form.setFieldsValue(toValues(draft))
    },
  }
}

export type MeshForm = ReturnType<typeof useMeshForm>
