import { YamlEditor } from '@orbweaver/ui/yaml-editor'
import { useState } from 'react'
import type { Draft } from './draft.ts'
import { draftYaml, readYaml, type YamlFault } from './mesh-yaml.ts'
import { useFormText } from './text.ts'

/** The Mesh object as text. Every text that reads becomes the draft; one that does not is said to be wrong. */
export function MeshYaml(props: {
  draft: Draft
  /** The name where it may not change. */
  name: string | undefined
  onDraft: (draft: Draft) => void
  onFault: (fault: boolean) => void
}) {
  const t = useFormText()
  const [text, setText] = useState(() => draftYaml(props.draft))
  const [fault, setFault] = useState<YamlFault | undefined>()
  const edit = (next: string) => {
    setText(next)
    const read = readYaml(next, props.name)
    setFault('fault' in read ? read.fault : undefined)
    props.onFault('fault' in read)
    if ('draft' in read) props.onDraft(read.draft)
  }
  return (
    <section aria-label={t('yamlTitle')}>
      <h2>{t('yamlTitle')}</h2>
      <YamlEditor label={t('yamlTitle')} value={text} onChange={edit} height={520} />
      <p role="alert" className="ow-ink-broken mesh-yaml-fault">
        {fault !== undefined && wordOf(t, fault)}
      </p>
    </section>
  )
}

function wordOf(t: ReturnType<typeof useFormText>, fault: YamlFault): string {
  if (fault.code === 'yaml') return t('fault.yaml', { message: fault.message })
  if (fault.code === 'field') return t('fault.field', { field: fault.field })
  return t(`fault.${fault.code}`)
}
