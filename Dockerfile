# Node 24 is the current LTS line; the module runs on 20.19 and newer.
FROM node:24-slim AS build
WORKDIR /module
COPY package.json package-lock.json ./
COPY lib/automation-sdk-ts/package.json lib/automation-sdk-ts/
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.base.json vite.config.ts ./
COPY triggers triggers
COPY lib lib
# The two programs alone, each with the packages that it needs: the console's page stays out of the image.
RUN npx vite build && chmod +x dist/bin/lacework-trigger.js

FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /module
COPY --from=build /module/dist dist
COPY package.json manifest.json trigger_fetch_new_logs.json connector_fetch_new_logs.json ./
# The operator's commands, for `docker exec`. The platform's values and the data path belong to the user that runs the module.
RUN ln -s /module/dist/bin/lacework-trigger.js /usr/local/bin/lacework-trigger && mkdir -p /symphony /symphony_data && chown 1000:1000 /symphony_data
# The image's user `node`, by number: Kubernetes can then see that it is not root.
USER 1000:1000
EXPOSE 8000 8020
VOLUME /symphony_data
ENTRYPOINT ["node", "dist/bin/main.js"]
CMD ["fetch_new_logs"]
