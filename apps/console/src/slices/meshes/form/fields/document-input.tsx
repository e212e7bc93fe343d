import { isJson, isRecord, type Json } from '@orbweaver/contracts/json'
import { Input } from 'antd'
import { useState } from 'react'
import { kubernetesYaml, kubernetesYamlText } from '@orbweaver/istio/kubernetes-yaml'
import { parse, stringify, YAMLParseError } from 'yaml'
import { useFormText } from '../text.ts'
import type { InputProps } from './inputs.tsx'

/** A part of the document as YAML or JSON; a text that does not read is said to be wrong and writes nothing. */
export function DocumentInput(props: InputProps & { map: boolean }) {
  const t = useFormText()
  const [text, setText] = useState(() => (props.value === undefined ? '' : stringify(props.value, kubernetesYamlText)))
  const [wrong, setWrong] = useState(false)
  const edit = (next: string) => {
    setText(next)
    const read = readDocument(next)
    const fits = read !== undefined && (!props.map || read.value === undefined || isRecord(read.value))
    setWrong(!fits)
    if (fits) props.onChange(read.value)
  }
  return (
    <>
      <Input.TextArea
        id={props.id}
        autoSize={{ minRows: 2, maxRows: 12 }}
        spellCheck={false}
        className="mesh-document"
        status={wrong ? 'error' : ''}
        value={text}
        placeholder={props.placeholder}
        onChange={({ target }) => edit(target.value)}
      />
      <output className="ow-ink-broken">{wrong ? t('fault.document') : ''}</output>
    </>
  )
}

function readDocument(text: string): { value: Json | undefined } | undefined {
  if (text.trim() === '') return { value: undefined }
  try {
    const value: unknown = parse(text, { ...kubernetesYaml, maxAliasCount: 10 })
    return isJson(value) ? { value } : undefined
  } catch (error) {
    if (!(error instanceof YAMLParseError) && !(error instanceof ReferenceError)) throw error
    return undefined
  }
}
