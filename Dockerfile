# Node 24 is the current LTS line; the module runs on 20.19 and newer.
FROM node:24-slim AS build
WORKDIR /module
COPY package.json package-lock.json tsconfig.json tsconfig.base.json ./
COPY lib/automation-sdk-ts/package.json lib/automation-sdk-ts/package.json
RUN npm ci --ignore-scripts
COPY triggers triggers
COPY lib lib
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /module
COPY --from=build /module/package.json ./
COPY --from=build /module/node_modules node_modules
COPY --from=build /module/lib/automation-sdk-ts/package.json lib/automation-sdk-ts/package.json
COPY --from=build /module/lib/automation-sdk-ts/dist lib/automation-sdk-ts/dist
COPY --from=build /module/dist dist
COPY manifest.json trigger_fetch_new_logs.json connector_fetch_new_logs.json ./
# The platform's values and the data path belong to the user that runs the module.
RUN mkdir -p /symphony /symphony_data && chown node:node /symphony_data
USER node
EXPOSE 8000 8020
VOLUME /symphony_data
ENTRYPOINT ["node", "dist/triggers/main.js"]
CMD ["fetch_new_logs"]
