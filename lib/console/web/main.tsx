import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import './styles/theme.css';
import './styles/base.css';
import './styles/frame.css';
import './styles/forms.css';
import './styles/playbook.css';
import './styles/lists.css';
import './styles/events.css';

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
