import { Columns, Page, Section } from '@orbweaver/ui/page'
import { StatusShape } from '@orbweaver/ui/status'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { usePageTitle } from '../../../app/page-title.ts'
import { useMessage } from '../../../text/messages.ts'
import '../meshes.css'
import './import.css'
import { ImportSteps } from './import-steps.tsx'
import { ImportTargets } from './import-targets.tsx'
import { useImportText } from './text.ts'
import { type Import, useImport } from './use-import.ts'

/** An exported mesh read back: what is in the files, where it goes, and the plans that bring it there, in their order. */
export function ImportMeshPage() {
  const t = useImportText()
  usePageTitle(t('title'))
  const of = useImport()
  const ready = of.files.length > 0
  return (
    <Page title={t('title')} facts={[t('lead')]}>
      <Columns
        main={
          <>
            <Files of={of} />
            {ready && <Found of={of} />}
            {ready && of.read.mesh !== undefined && <ImportTargets of={of} />}
          </>
        }
        side={ready && of.read.mesh !== undefined ? <ImportSteps of={of} /> : null}
      />
    </Page>
  )
}

function Files(props: { of: Import }) {
  const t = useImportText()
  const { of } = props
  const [text, setText] = useState('')
  const read = async (list: FileList | null) => {
    const files = [...(list ?? [])]
    of.add(await Promise.all(files.map(async (file) => ({ name: file.name, text: await file.text() }))))
  }
  return (
    <Section title={t('files')}>
      <p className="ow-soft">{t('filesHint')}</p>
      <label className="ow-link import-file">
        {t('choose')}
        <input
          type="file"
          multiple
          accept=".yaml,.yml"
          aria-label={t('choose')}
          onChange={(event) => {
            void read(event.target.files)
            event.target.value = ''
          }}
        />
      </label>
      <ul className="import-list">
        {of.files.map(({ name }) => (
          <li key={name}>
            <code>{name}</code>
            <Button size="small" type="text" aria-label={t('remove', { file: name })} onClick={() => of.drop(name)}>
              ×
            </Button>
          </li>
        ))}
      </ul>
      <label className="import-paste">
        {t('paste')}
        <Input.TextArea
          className="ow-mono"
          rows={5}
          value={text}
          placeholder={t('pasteHint')}
          onChange={(event) => {
            const next = event.target.value
            setText(next)
            if (next.trim() === '') of.drop(t('pasted'))
            else of.add([{ name: t('pasted'), text: next }])
          }}
        />
      </label>
    </Section>
  )
}

function Found(props: { of: Import }) {
  const t = useImportText()
  const say = useMessage()
  const { mesh, objects, leftOut, faults } = props.of.read
  const namespaces = objects.filter(({ object }) => object.kind === 'Namespace').length
  return (
    <Section title={t('found')}>
      <ul className="import-list">
        <li>{mesh === undefined ? t('noMesh') : <code>{mesh.name}</code>}</li>
        <li>{t('namespaces', { count: namespaces })}</li>
        <li>{t('rules', { count: objects.length - namespaces })}</li>
      </ul>
      {leftOut > 0 && <p className="ow-soft">{t('leftOut', { count: leftOut })}</p>}
      {faults.length > 0 && (
        <div role="alert">
          <strong>{t('faults')}</strong>
          <ul className="import-list import-faults">
            {faults.map((each) => (
              <li key={JSON.stringify(each)}>
                <StatusShape health="attention" /> {say(each)}
              </li>
            ))}
          </ul>
        </div>
      )}
    </Section>
  )
}
