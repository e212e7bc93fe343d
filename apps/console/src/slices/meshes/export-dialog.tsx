import { Dialog } from '@orbweaver/ui/dialog'
import { StatusShape } from '@orbweaver/ui/status'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { api } from '../../api/api.ts'
import { download } from '../../app/manifest/download.ts'
import { QueryView } from '../../app/query-view.tsx'
import { Truths } from '../../app/truths.tsx'
import { exportedFile } from './export-files.ts'
import { useText } from './text.ts'
import './export-dialog.css'

/** The mesh to take away, a file a cluster, with what is not in it. */
export function ExportDialog(props: { mesh: string; onClose: () => void }) {
  const t = useText()
  const { mesh, onClose } = props
  const query = useQuery(api.meshes.export.queryOptions({ input: { name: mesh }, gcTime: 0 }))
  const at = new Date(query.dataUpdatedAt).toISOString()
  return (
    <Dialog title={t('export.title', { mesh })} onClose={onClose} width={640}>
      <div className="ow-stack">
        <p className="ow-soft">{t('export.lead')}</p>
        <QueryView query={query} lines={3}>
          {({ files, clusters }) => (
            <>
              <Truths truths={clusters} />
              <ul className="mesh-exports">
                {files.map((each) => {
                  const file = exportedFile(each, { mesh, at, truths: clusters }, t)
                  return (
                    <li key={each.cluster} className="mesh-export">
                      <div>
                        <code>{file.name}</code>
                        <small>{t('export.objects', { count: each.documents.length })}</small>
                        {each.unread.length > 0 && (
                          <small>
                            <StatusShape health="attention" /> {t('export.unread', { count: each.unread.length })}
                          </small>
                        )}
                      </div>
                      <Button aria-label={t('export.one', { file: file.name })} onClick={() => download(file)}>
                        {t('export.verb')}
                      </Button>
                    </li>
                  )
                })}
              </ul>
            </>
          )}
        </QueryView>
      </div>
    </Dialog>
  )
}
