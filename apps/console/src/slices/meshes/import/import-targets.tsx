import { Section } from '@orbweaver/ui/page'
import { Input, Radio, Select } from 'antd'
import { useImportText } from './text.ts'
import type { Import } from './use-import.ts'

/** Where it goes: clusters by name where they are registered, by choice otherwise. */
export function ImportTargets(props: { of: Import }) {
  const t = useImportText()
  const { of } = props
  return (
    <Section title={t('clusters')}>
      <p className="ow-soft">{t('clustersHint')}</p>
      <table className="import-clusters">
        <thead>
          <tr>
            <th scope="col">{t('from')}</th>
            <th scope="col">{t('to')}</th>
          </tr>
        </thead>
        <tbody>
          {of.read.clusters.map((from) => (
            <tr key={from}>
              <td>
                <code>{from}</code>
              </td>
              <td>
                <Select
                  aria-label={`${t('to')}: ${from}`}
                  showSearch
                  style={{ width: 240 }}
                  value={of.to[from] === '' ? null : (of.to[from] ?? null)}
                  placeholder={t('unmapped', { cluster: from })}
                  options={of.registered.map((each) => ({ value: each, label: each }))}
                  onChange={(cluster: string) => of.choose(from, cluster)}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {of.doubled && of.unmapped === undefined && (
        <p role="alert" className="ow-ink-broken">
          {t('doubled')}
        </p>
      )}
      <label className="import-paste">
        {t('name')}
        <Input
          className="ow-mono"
          value={of.name}
          status={of.valid ? '' : 'error'}
          onChange={(event) => of.rename(event.target.value)}
        />
      </label>
      {!of.valid && (
        <p role="alert" className="ow-ink-broken">
          {t('nameFault')}
        </p>
      )}
      <fieldset className="import-conflicts">
        <legend>{t('conflicts')}</legend>
        <Radio.Group
          value={of.conflicts}
          options={[
            { value: 'keep', label: t('keep') },
            { value: 'replace', label: t('replace') },
          ]}
          onChange={(event) => of.setConflicts(event.target.value === 'replace' ? 'replace' : 'keep')}
        />
      </fieldset>
    </Section>
  )
}
